import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Nothing to show, said on purpose: what it means and what to do. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-card border border-dashed border-line px-6 py-14 text-center">
      <span className="mb-1 grid size-10 place-items-center rounded-card bg-subtle text-muted">
        <Icon aria-hidden className="size-5" />
      </span>
      <h2 className="text-lead font-semibold tracking-tight">{title}</h2>
      {children && <div className="max-w-120 text-muted">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
