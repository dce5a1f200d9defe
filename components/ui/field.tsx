import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** A labelled form field: label, control, help and the error beside it. The control takes `describedBy(id)`. */
export function Field({
  id,
  label,
  help,
  error,
  children,
}: {
  id: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      <FieldNotes id={id} help={help} error={error} />
    </div>
  );
}

/** Help and error of a field, with the ids that `describedBy` names. */
export function FieldNotes({ id, help, error }: { id: string; help?: ReactNode; error?: string }) {
  return (
    <>
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-small text-failed">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
      {help && (
        <div id={`${id}-help`} className="text-small text-muted">
          {help}
        </div>
      )}
    </>
  );
}

/** The value of `aria-describedby` for a control in a `Field`. */
export function describedBy(id: string, error?: string, help?: ReactNode): string | undefined {
  return [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(' ') || undefined;
}
