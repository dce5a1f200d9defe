'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { SourceBadge } from '@/components/operators/source-badge';
import { LifeCycleBadge } from '@/components/plugins/life-cycle-badge';
import { useLocalized } from '@/components/plugins/localized';
import type { Component } from '@/lib/clusters/features-contract';
import { lifeCycles } from '@/lib/plugins/contract';

/** A component's name, leading to its page, with its kind and where it is. */
export function ComponentName({
  cluster,
  component,
}: {
  cluster: string;
  component: Pick<Component, 'kind' | 'namespace' | 'name' | 'displayName' | 'operator'>;
}) {
  const t = useTranslations('features');
  const localized = useLocalized();
  const { kind, namespace, name, displayName, operator } = component;
  const href =
    kind === 'plugin'
      ? addresses.plugin(cluster, name)
      : operator && addresses.operatorTab(cluster, operator, 'subscription');
  return (
    <span className="flex min-w-0 flex-col">
      {href ? (
        <Link
          href={href}
          prefetch={false}
          className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline"
        >
          {localized(displayName)}
        </Link>
      ) : (
        <span className="font-medium [overflow-wrap:anywhere]">{localized(displayName)}</span>
      )}
      <span className="text-small text-faint [overflow-wrap:anywhere]">
        {t(kind)} · <span className="name-text">{namespace ? `${namespace}/${name}` : name}</span>
      </span>
    </span>
  );
}

/** An operator's source type, or a plugin's life cycle. */
export function ComponentOrigin({
  component: { kind, origin },
}: {
  component: Pick<Component, 'kind' | 'origin'>;
}) {
  if (!origin) return null;
  const lifecycle = kind === 'plugin' ? lifeCycles.find((one) => one === origin) : undefined;
  return lifecycle ? <LifeCycleBadge lifecycle={lifecycle} /> : <SourceBadge source={origin} />;
}
