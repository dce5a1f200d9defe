'use client';

import { useLiveEvents } from '@/lib/live/use-live-events';
import { useAccess } from './use-access';

/** For users who may not watch the whole cluster: live events of the one namespace that a page is about. */
export function NamespaceLiveEvents({ cluster, namespace }: { cluster: string; namespace: string }) {
  const { allowed } = useAccess(cluster, [
    { verb: 'watch', group: 'operators.coreos.com', resource: 'subscriptions' },
  ]);
  return allowed === false ? <Listen cluster={cluster} namespace={namespace} /> : null;
}

function Listen({ cluster, namespace }: { cluster: string; namespace: string }) {
  useLiveEvents(cluster, namespace);
  return null;
}
