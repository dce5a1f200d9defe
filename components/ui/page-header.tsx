import type { ReactNode } from 'react';

/** Heading 1 of a page, a line under it, and what can be done. */
export function PageHeader({
  title,
  media,
  children,
  actions,
}: {
  title: ReactNode;
  media?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 items-start gap-3">
        {media}
        <div className="min-w-0">
          <h1 className="text-title font-semibold tracking-[-0.015em] [overflow-wrap:anywhere]">{title}</h1>
          {children && <div className="text-muted">{children}</div>}
        </div>
      </div>
      {actions && <div className="flex flex-wrap items-start gap-2 max-sm:w-full">{actions}</div>}
    </div>
  );
}
