'use client';

import { Boxes, House, LayoutGrid, type LucideIcon, Puzzle, Server, Stamp, Upload } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { addresses } from '@/components/addresses';
import { cn } from '@/components/ui/cn';

/**
 * The navigation's links. `approvals` leads to the InstallPlans that `waiting` counts: those of the page's cluster,
 * or of all clusters on a page that has none.
 */
export function Navigation({
  pathname,
  cluster,
  approvals,
  waiting,
  onNavigate,
}: {
  pathname: string;
  cluster: string | undefined;
  approvals: string;
  waiting: number | undefined;
  onNavigate?: () => void;
}) {
  const t = useTranslations('frame');
  const hub = cluster ? addresses.operatorHub(cluster) : addresses.clusters;
  const installed = cluster ? addresses.operators(cluster) : addresses.clusters;
  const plugins = cluster ? addresses.plugins(cluster) : addresses.clusters;
  const item = (href: string, icon: LucideIcon, label: string, here: boolean, count?: number) => (
    <NavigationLink href={href} icon={icon} here={here} count={count} onClick={onNavigate}>
      {label}
    </NavigationLink>
  );
  const isHub = /^\/clusters\/[^/]+\/operatorhub/.test(pathname);
  const isInstalled = /^\/clusters\/[^/]+\/operators(\/|$)/.test(pathname);
  const isApprovals = /^(\/clusters\/[^/]+)?\/approvals/.test(pathname);
  const isPlugins = /^\/clusters\/[^/]+\/plugins/.test(pathname);
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex flex-col gap-0.5">
        {item(addresses.home, House, t('overview'), pathname === '/')}
        {item(approvals, Stamp, t('approvals'), isApprovals, waiting)}
      </ul>
      <NavigationGroup label={t('marketplace')}>
        {item(hub, LayoutGrid, t('operatorHub'), isHub)}
        {item(installed, Boxes, t('installedOperators'), isInstalled)}
        {item(plugins, Puzzle, t('clusterPlugins'), isPlugins)}
        {item(addresses.packages, Upload, t('uploadPackages'), pathname === '/packages')}
      </NavigationGroup>
      <NavigationGroup label={t('clusters')}>
        {item(addresses.clusters, Server, t('clusters'), /^\/clusters(\/[^/]+)?$/.test(pathname))}
      </NavigationGroup>
    </div>
  );
}

function NavigationGroup({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups links under their heading
    <div role="group" aria-labelledby={id}>
      <p id={id} className="px-2.5 pb-1.5 text-group text-faint">
        {label}
      </p>
      <ul className="flex flex-col gap-0.5">{children}</ul>
    </div>
  );
}

function NavigationLink({
  href,
  icon: Icon,
  here,
  count,
  onClick,
  children,
}: {
  href: string;
  icon: LucideIcon;
  here: boolean;
  count?: number;
  onClick?: () => void;
  children: ReactNode;
}) {
  return (
    <li>
      <Link
        href={href}
        onClick={onClick}
        aria-current={here ? 'page' : undefined}
        className={cn(
          'flex min-h-8 items-center gap-2.5 rounded-control px-2.5 py-1.5 leading-5 font-medium transition-colors',
          here ? 'bg-accent-tint text-accent' : 'text-muted hover:bg-subtle hover:text-ink',
        )}
      >
        <Icon aria-hidden className="size-4 shrink-0" />
        {children}
        {count !== undefined && (
          <>
            {' '}
            <span
              className={cn(
                'ml-auto min-w-5 rounded-full px-1.5 text-center text-small tabular-nums',
                count > 0 ? 'bg-waiting-tint font-semibold text-waiting' : 'text-faint',
              )}
            >
              {count}
            </span>
          </>
        )}
      </Link>
    </li>
  );
}
