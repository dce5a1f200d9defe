import { type ReactNode, useId } from 'react';
import { describedBy, Field } from '@/components/ui/field';
import { inputClass } from '@/components/ui/input-class';

/** Asks for a name to be typed before something is destroyed. */
export function TypedConfirmation({
  label,
  help,
  value,
  onChange,
}: {
  label: string;
  /** Why it is asked for. */
  help?: ReactNode;
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <Field id={id} label={label} help={help}>
      <input
        id={id}
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        aria-describedby={describedBy(id, undefined, help)}
        onChange={(event) => onChange(event.target.value)}
        className={inputClass}
      />
    </Field>
  );
}
