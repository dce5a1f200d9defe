'use client';

import { useQuery } from '@tanstack/react-query';
import { useParams, usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { addresses, onCluster, segmentText } from '@/components/addresses';
import { Frame } from '@/components/frame/frame';
import { keepPreference } from '@/components/frame/preference-cookie';
import type { Session } from '@/lib/auth/contract';
import { signOut } from '@/lib/auth/queries';
import { clustersQuery } from '@/lib/clusters/queries';
import { useLiveEvents } from '@/lib/live/use-live-events';
import { clusterCookie } from './last-cluster';
import { useWaitingPlans } from './use-waiting-plans';

/** Feeds the frame: clusters, the current one, what waits for approval there, and its live events. */
export function ConsoleFrame({
  user,
  lastCluster,
  children,
}: {
  user: Session['user'];
  lastCluster: string | undefined;
  children: ReactNode;
}) {
  const params = useParams<{ cluster?: string }>();
  const pathname = usePathname();
  const router = useRouter();
  const addressed = params.cluster === undefined ? undefined : segmentText(params.cluster);
  const [chosen, setChosen] = useState(lastCluster);
  const clusters = useQuery(clustersQuery()).data?.items;

  useEffect(() => {
    if (addressed === undefined) return;
    setChosen(addressed);
    keepPreference(clusterCookie, addressed);
  }, [addressed]);

  const remembered = clusters?.some(({ name }) => name === chosen) ? chosen : undefined;
  // Without an address the first cluster that runs workloads serves best; `global` runs the platform itself.
  const fallback = (clusters?.find(({ global, health }) => !global && health === 'Healthy') ?? clusters?.[0])
    ?.name;
  const cluster = addressed ?? remembered ?? fallback;
  const usable = clusters?.find(({ name }) => name === cluster)?.health === 'Healthy';

  // A page of one cluster counts what waits there, every other page what waits anywhere.
  const counted = clusters?.filter(({ name }) => addressed === undefined || name === addressed);
  const waiting = useWaitingPlans(counted).flatMap(({ plans }) => (plans ? [plans.length] : []));

  return (
    <Frame
      user={user}
      clusters={clusters}
      cluster={cluster}
      onCluster={(name) => {
        setChosen(name);
        keepPreference(clusterCookie, name);
        if (addressed !== undefined || pathname === addresses.approvals)
          router.push(onCluster(pathname, name));
      }}
      approvals={addressed === undefined ? addresses.approvals : addresses.clusterApprovals(addressed)}
      waiting={waiting.length > 0 ? waiting.reduce((sum, count) => sum + count) : undefined}
      onSignOut={async () => {
        await signOut();
        // A whole new document: nothing that the last user saw stays in memory.
        location.assign(addresses.login());
      }}
    >
      {usable && cluster !== undefined && <LiveEvents cluster={cluster} />}
      {children}
    </Frame>
  );
}

function LiveEvents({ cluster }: { cluster: string }) {
  useLiveEvents(cluster);
  return null;
}
