'use client';

import { Switch as Radix } from 'radix-ui';

/** On or off; labelled by the `<label>` that names its id. */
export function Switch({
  checked,
  onChange,
  ...rest
}: {
  id: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}) {
  return (
    <Radix.Root
      {...rest}
      checked={checked}
      onCheckedChange={onChange}
      className="relative h-6 w-10 shrink-0 rounded-full border border-line-control bg-subtle transition-colors disabled:opacity-55 data-[state=checked]:border-accent-solid data-[state=checked]:bg-accent-solid"
    >
      <Radix.Thumb className="block size-4.5 translate-x-0.5 rounded-full bg-line-control transition-transform data-[state=checked]:translate-x-4.5 data-[state=checked]:bg-on-accent" />
    </Radix.Root>
  );
}
