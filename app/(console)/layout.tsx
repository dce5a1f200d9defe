import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { addresses, segmentText } from '@/components/addresses';
import { currentSession } from '@/lib/auth/server/current-session';
import { ConsoleFrame } from './console-frame';
import { clusterCookie } from './last-cluster';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (!session) redirect(addresses.login((await headers()).get('x-address') ?? undefined));
  const last = (await cookies()).get(clusterCookie)?.value;
  return (
    <ConsoleFrame user={session.user} lastCluster={last && segmentText(last)}>
      {children}
    </ConsoleFrame>
  );
}
