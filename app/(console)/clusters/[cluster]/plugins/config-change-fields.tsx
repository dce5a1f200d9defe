'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ConfigEditor } from '@/components/plugins/form/config-editor';
import { Notice } from '@/components/ui/notice';
import { formContextOf } from './resource-field';
import type { ConfigChange } from './use-config-change';

/** The form in which an installed configuration is changed, and how much of it is not valid yet. */
export function ConfigChangeFields({
  cluster,
  name,
  change: { draft, attempted },
}: {
  cluster: string;
  name: string;
  change: ConfigChange;
}) {
  const t = useTranslations('plugins.form');
  const context = useMemo(() => formContextOf(cluster, name), [cluster, name]);
  return (
    <>
      <ConfigEditor draft={draft} attempted={attempted} context={context} />
      {attempted && draft.errors.length > 0 && (
        <Notice tone="failed" title={t('notValid', { count: draft.errors.length })} />
      )}
    </>
  );
}
