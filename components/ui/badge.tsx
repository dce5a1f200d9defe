import { cva, type VariantProps } from 'class-variance-authority';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

const badgeClass = cva(
  'inline-flex h-5.5 items-center gap-1 rounded-chip px-1.5 text-small font-medium whitespace-nowrap [&_svg]:size-3.5 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        neutral: 'bg-subtle text-muted',
        outline: 'border border-line bg-panel text-muted',
        accent: 'bg-accent-tint text-accent',
        good: 'bg-good-tint text-good',
        waiting: 'bg-waiting-tint text-waiting',
        failed: 'bg-failed-tint text-failed',
        newer: 'bg-newer-tint text-newer',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export type Tone = NonNullable<VariantProps<typeof badgeClass>['tone']>;

/** A word in a chip. A status always has all three: icon, word and colour. */
export function Badge({
  tone,
  icon: Icon,
  spinning,
  className,
  children,
}: {
  tone?: Tone;
  icon?: LucideIcon;
  spinning?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span className={cn(badgeClass({ tone }), className)}>
      {Icon && <Icon aria-hidden className={cn(spinning && 'animate-spin [animation-duration:2.4s]')} />}
      {children}
    </span>
  );
}
