'use client';

import { useTranslations } from 'next-intl';
import { useStatusLabel } from '@/components/plugins/plugin-status';
import type { Block } from '@/lib/clusters/features-contract';
import { operatorStatuses } from '@/lib/operators/contract';

/** Says in the reader's language why a component can't join a batch. */
export function useBlockSentence(): (block: Block) => string {
  const t = useTranslations('features.block');
  const operator = useTranslations('operators.status');
  const plugin = useStatusLabel();
  return ({ code, values }) => {
    if (code === 'permission') return t(values.namespace ? 'permissionIn' : 'permission', values);
    if (code !== 'unsettled') return t(code, values);
    const status = operatorStatuses.find((one) => one === values.status);
    return t(code, { status: status ? operator(status) : plugin(values.status ?? '') });
  };
}
