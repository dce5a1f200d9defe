'use client';

import { useTranslations } from 'next-intl';
import { useBlockSentence } from '@/components/features/block-sentence';
import { ComponentName, ComponentOrigin } from '@/components/features/component-name';
import { VersionStep } from '@/components/operators/operator-card';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import type { Component } from '@/lib/clusters/features-contract';
import { componentKey } from '@/lib/clusters/rules/features/component';

/** What is installed and can't join a batch, each with the reason. */
export function OtherComponents({
  cluster,
  components,
}: {
  cluster: string;
  components: readonly Component[];
}) {
  const t = useTranslations('features');
  const sentence = useBlockSentence();
  const columns: Column<Component>[] = [
    {
      id: 'name',
      header: t('name'),
      className: 'min-w-44 align-top sm:min-w-72',
      cell: (component) => <ComponentName cluster={cluster} component={component} />,
    },
    {
      id: 'origin',
      header: t('origin'),
      className: 'align-top',
      cell: (component) => <ComponentOrigin component={component} />,
    },
    {
      id: 'version',
      header: t('version'),
      className: 'align-top',
      cell: ({ from, to }) =>
        from && to ? (
          <VersionStep from={from} to={to} />
        ) : (
          <span className="name-text">{from || to || '–'}</span>
        ),
    },
    {
      id: 'reason',
      header: t('reason'),
      className: 'align-top',
      cell: ({ block, blockReasons }) => (
        <div className="max-w-140 min-w-44 text-small text-muted [overflow-wrap:anywhere]">
          {block && <p>{sentence(block)}</p>}
          {blockReasons.length > 0 && <p className="text-faint">{blockReasons.join('; ')}</p>}
        </div>
      ),
    },
  ];
  return (
    <section className="flex flex-col gap-2">
      <div>
        <h2 className="font-semibold">{t('others')}</h2>
        <p className="text-muted">{t('othersText')}</p>
      </div>
      <ResourceTable label={t('others')} columns={columns} rows={components} rowKey={componentKey} />
    </section>
  );
}
