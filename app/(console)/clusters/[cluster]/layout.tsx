import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { segmentText } from '@/components/addresses';
import { isUnknownCluster } from '@/lib/auth/server/is-unknown-cluster';
import { ClusterGate } from './cluster-gate';

export default async function ClusterLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ cluster: string }>;
}) {
  const cluster = segmentText((await params).cluster);
  if (await isUnknownCluster(cluster)) notFound();
  return <ClusterGate cluster={cluster}>{children}</ClusterGate>;
}
