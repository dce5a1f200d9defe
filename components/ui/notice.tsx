import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

const looks = {
  info: { icon: Info, classes: 'bg-accent-tint', ink: 'text-accent' },
  good: { icon: CircleCheck, classes: 'bg-good-tint', ink: 'text-good' },
  waiting: { icon: TriangleAlert, classes: 'bg-waiting-tint', ink: 'text-waiting' },
  failed: { icon: CircleAlert, classes: 'bg-failed-tint', ink: 'text-failed' },
} as const;

/** A sentence that stands out: `failed` and `waiting` are announced when they appear. */
export function Notice({
  tone,
  title,
  children,
  action,
  className,
}: {
  tone: keyof typeof looks;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const { icon: Icon, classes, ink } = looks[tone];
  return (
    <div
      role={tone === 'failed' ? 'alert' : tone === 'waiting' ? 'status' : undefined}
      className={cn('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-card px-4 py-3', classes, className)}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', ink)} />
      <div className="min-w-0 flex-1 basis-52 [overflow-wrap:anywhere]">
        {title && <p className={cn('font-semibold', ink)}>{title}</p>}
        {children && <div className="text-ink">{children}</div>}
      </div>
      {action}
    </div>
  );
}
