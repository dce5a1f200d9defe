'use client';

import { useTranslations } from 'next-intl';
import { type Subscription, subscriptionReasons } from '@/lib/operators/contract';

/** Why a Subscription is where it is: the cluster's own words, or the console's where the cluster is silent. */
export function useReason(): (subscription: Pick<Subscription, 'reason' | 'message'>) => string | undefined {
  const t = useTranslations('operators.reason');
  return ({ reason, message }) => {
    const own = subscriptionReasons.find((candidate) => candidate === reason);
    return own ? t(own) : message;
  };
}
