'use client';

import { CircleArrowUp, CircleCheck, CircleX, CloudOff, EyeOff, type LucideIcon, Unplug } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import type { Attention } from '@/components/features/attention';
import { StuckSentence } from '@/components/operators/stuck-sentence';
import { useLocalized } from '@/components/plugins/localized';
import { CardSection } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';

const looks: Record<Attention['kind'], { icon: LucideIcon; ink: string }> = {
  cluster: { icon: CloudOff, ink: 'text-failed' },
  unread: { icon: EyeOff, ink: 'text-waiting' },
  catalog: { icon: Unplug, ink: 'text-failed' },
  failure: { icon: CircleX, ink: 'text-failed' },
  upgrades: { icon: CircleArrowUp, ink: 'text-newer' },
};

/** What needs an administrator, each with where to go; `reading` while there may be more of it. */
export function AttentionList({ items, reading }: { items: readonly Attention[]; reading: boolean }) {
  const t = useTranslations('attention');
  return (
    <CardSection title={t('title')} bodyClassName="p-0">
      <ul aria-busy={reading || undefined} className="divide-y divide-line-faint">
        {items.map((item) => {
          const { icon: Icon, ink } = looks[item.kind];
          return (
            <li key={keyOf(item)} className="flex items-start gap-3 px-4 py-2.5">
              <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', ink)} />
              <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <Words item={item} />
              </div>
              <Link
                href={addressOf(item)}
                className="inline-flex min-h-6 shrink-0 items-center font-medium text-accent hover:underline"
              >
                {t(item.kind === 'cluster' && item.signIn ? 'action.signIn' : `action.${item.kind}`)}
                <span className="sr-only"> {subjectOf(item)}</span>
              </Link>
            </li>
          );
        })}
        {reading ? (
          <li className="flex h-10.5 items-center gap-3 px-4">
            <Skeleton className="size-4 shrink-0" />
            <Skeleton className="w-1/3" />
          </li>
        ) : (
          items.length === 0 && (
            <li className="flex items-start gap-3 px-4 py-2.5 text-muted">
              <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
              {t('nothing')}
            </li>
          )
        )}
      </ul>
    </CardSection>
  );
}

function Words({ item }: { item: Attention }) {
  const t = useTranslations('attention');
  const localized = useLocalized();
  const { cluster } = item;
  switch (item.kind) {
    case 'cluster':
      return (
        <>
          <p>{t(item.signIn ? 'signIn' : 'cluster', { cluster })}</p>
          {item.reason && <p className="text-small text-muted first-letter:uppercase">{item.reason}</p>}
        </>
      );
    case 'unread':
      return (
        <>
          <p>{t('unread', { cluster })}</p>
          <p className="text-small text-muted">{item.reason}</p>
        </>
      );
    case 'catalog':
      return <p>{t('catalog', { cluster, name: `${item.namespace}/${item.name}`, state: item.state })}</p>;
    case 'upgrades':
      return <p>{t('upgrades', { cluster, count: item.count })}</p>;
    case 'failure': {
      const { stuck, blockReasons, displayName } = item.component;
      return (
        <>
          <p>{t('failure', { cluster, name: localized(displayName) })}</p>
          {stuck && <StuckSentence stuck={stuck} />}
          {blockReasons.length > 0 && <p className="text-small text-muted">{blockReasons.join('; ')}</p>}
        </>
      );
    }
  }
}

function subjectOf(item: Attention): string {
  return item.kind === 'failure' ? `${item.component.displayName.en} ${item.cluster}` : item.cluster;
}

function keyOf(item: Attention): string {
  const { kind, cluster } = item;
  if (item.kind === 'failure')
    return [kind, cluster, item.component.namespace, item.component.name].join('/');
  return item.kind === 'catalog'
    ? [kind, cluster, item.namespace, item.name].join('/')
    : `${kind}/${cluster}`;
}

function addressOf(item: Attention): string {
  const { cluster } = item;
  if (item.kind === 'cluster' && item.signIn) return addresses.loginTo(cluster, addresses.home);
  if (item.kind === 'upgrades') return addresses.clusterTab(cluster, 'features');
  if (item.kind === 'catalog') return addresses.operatorHub(cluster);
  if (item.kind !== 'failure') return addresses.cluster(cluster);
  const { kind, name, operator } = item.component;
  if (kind === 'plugin') return addresses.plugin(cluster, name);
  return operator ? addresses.operatorTab(cluster, operator, 'subscription') : addresses.operators(cluster);
}
