import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { inputClass } from '@/components/ui/input-class';

/** Asks for a name to be typed before something is destroyed. */
export function TypedConfirmation({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <Field id={id} label={label}>
      <input
        id={id}
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={inputClass}
      />
    </Field>
  );
}
