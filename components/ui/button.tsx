import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';

export const buttonClass = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control font-medium whitespace-nowrap transition-colors select-none disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'bg-accent-solid text-on-accent enabled:hover:bg-accent-solid-hover [a]:hover:bg-accent-solid-hover',
        secondary:
          'border border-line bg-panel text-ink shadow-lift enabled:hover:bg-subtle [a]:hover:bg-subtle',
        ghost:
          'text-muted enabled:hover:bg-subtle enabled:hover:text-ink [a]:hover:bg-subtle [a]:hover:text-ink',
      },
      size: {
        small: 'h-7 px-2.5 text-small',
        medium: 'h-8 px-3 text-body',
        large: 'h-10 px-4 text-body',
        icon: 'size-8',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'medium' },
  },
);

export type ButtonLook = VariantProps<typeof buttonClass>;

/** A button; never submits a form unless it says `type="submit"`. */
export function Button({ className, variant, size, type, ...rest }: ComponentProps<'button'> & ButtonLook) {
  return (
    <button type={type ?? 'button'} className={cn(buttonClass({ variant, size }), className)} {...rest} />
  );
}
