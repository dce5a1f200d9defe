import { Circle, CircleCheck, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';

export interface StepLook {
  icon: LucideIcon;
  ink: string;
  tone: Tone;
}

/** How the states look that every kind of step has. */
export const stepLooks = {
  done: { icon: CircleCheck, ink: 'text-good', tone: 'good' },
  current: { icon: LoaderCircle, ink: 'text-accent', tone: 'accent' },
  failed: { icon: CircleX, ink: 'text-failed', tone: 'failed' },
  todo: { icon: Circle, ink: 'text-faint', tone: 'neutral' },
} satisfies Record<string, StepLook>;

/** One of several steps, one under the other, joined by a line down to the next one. */
export function StepItem({
  state,
  look: { icon: Icon, ink },
  here,
  last,
  title,
  status,
  children,
}: {
  state: string;
  look: StepLook;
  /** This is where it stands. */
  here: boolean;
  last: boolean;
  title: ReactNode;
  /** Behind the title. */
  status: ReactNode;
  /** Below the title. */
  children?: ReactNode;
}) {
  return (
    <li aria-current={here ? 'step' : undefined} className="relative flex gap-3 pb-5 last:pb-0">
      {!last && (
        <span
          aria-hidden
          className={cn(
            'absolute top-6 bottom-1 left-[9.5px] w-px',
            state === 'done' ? 'bg-good' : 'bg-line',
          )}
        />
      )}
      <Icon aria-hidden className={cn('size-5 shrink-0', ink, state === 'current' && 'animate-spin')} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={cn('font-medium', state === 'todo' && 'text-muted')}>{title}</span>
          {status}
        </p>
        {children}
      </div>
    </li>
  );
}
