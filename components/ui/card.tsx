import { type ReactNode, useId } from 'react';
import { cn } from '@/components/ui/cn';

/** A panel with hairline borders. */
export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={cn('rounded-card border border-line bg-panel shadow-lift', className)}>{children}</div>
  );
}

/** A panel with a heading of level 2, as a region of that name. */
export function CardSection({
  title,
  aside,
  className,
  bodyClassName,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  className?: string;
  bodyClassName?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cn('min-w-0 rounded-card border border-line bg-panel shadow-lift', className)}
    >
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-b border-line-faint px-4 py-2">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      <div className={cn('p-4', bodyClassName)}>{children}</div>
    </section>
  );
}
