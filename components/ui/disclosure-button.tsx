import { ChevronRight } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';

/** Opens and closes the part whose id is `controls`; the arrow before its words shows which. */
export function DisclosureButton({
  open,
  controls,
  className,
  children,
  ...rest
}: Omit<ComponentProps<'button'>, 'type'> & { open: boolean; controls: string }) {
  return (
    <button
      type="button"
      aria-expanded={open}
      aria-controls={controls}
      className={cn('flex w-full items-center gap-2 text-left hover:bg-subtle', className)}
      {...rest}
    >
      <ChevronRight
        aria-hidden
        className={cn('size-4 shrink-0 self-center text-muted transition-transform', open && 'rotate-90')}
      />
      {children}
    </button>
  );
}
