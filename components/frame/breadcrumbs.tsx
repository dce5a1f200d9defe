'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses, segmentText } from '@/components/addresses';
import { cn } from '@/components/ui/cn';

interface Crumb {
  label: string;
  href?: string;
}

/** Where the page is, from its address. */
export function Breadcrumbs({ pathname }: { pathname: string }) {
  const t = useTranslations('frame');
  const crumbs = crumbsOf(pathname, t);
  return (
    <nav aria-label={t('breadcrumbs')} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-2">
        {crumbs.map(({ label, href }, index) => {
          const last = index === crumbs.length - 1;
          return (
            <li
              key={href ?? label}
              className={cn('flex min-w-0 items-center gap-2', !last && 'hidden shrink-0 sm:flex')}
            >
              {index > 0 && (
                <span aria-hidden className="hidden text-faint sm:inline">
                  /
                </span>
              )}
              {last || !href ? (
                <span aria-current={last ? 'page' : undefined} className="truncate font-medium">
                  {label}
                </span>
              ) : (
                <Link href={href} className="truncate text-muted hover:text-ink">
                  {label}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function crumbsOf(pathname: string, t: ReturnType<typeof useTranslations<'frame'>>): Crumb[] {
  const [root, cluster, room, ...rest] = pathname.split('/').filter(Boolean).map(segmentText);
  if (root === undefined) return [{ label: t('overview') }];
  if (root === 'approvals') return [{ label: t('approvals') }];
  if (root === 'packages') return [{ label: t('uploadPackages') }];
  if (root !== 'clusters') return [];
  if (cluster === undefined) return [{ label: t('clusters') }];
  const home = { label: cluster, href: addresses.cluster(cluster) };
  if (room === undefined) return [{ label: t('clusters'), href: addresses.clusters }, home];
  if (room === 'plugins') return [home, { label: t('clusterPlugins') }];
  if (room === 'operators') return [home, { label: t('installedOperators') }];
  if (room === 'approvals') {
    const list = { label: t('approvals'), href: addresses.clusterApprovals(cluster) };
    const [namespace, plan] = rest;
    return namespace && plan ? [home, list, { label: `${namespace} / ${plan}` }] : [home, list];
  }
  const hub = { label: t('operatorHub'), href: addresses.operatorHub(cluster) };
  const [catalogNamespace, catalog, name, step] = rest;
  if (!catalogNamespace || !catalog || !name) return [home, hub];
  const operator = { label: name, href: addresses.operator(cluster, { catalogNamespace, catalog, name }) };
  if (step === 'install') return [home, hub, operator, { label: t('install') }];
  if (step === 'progress') return [home, hub, operator, { label: t('progress') }];
  if (step === 'uninstall') return [home, hub, operator, { label: t('uninstall') }];
  return [home, hub, operator];
}
