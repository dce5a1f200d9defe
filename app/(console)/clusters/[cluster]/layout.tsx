import type { ReactNode } from 'react';
import { segmentText } from '@/components/addresses';
import { ClusterGate } from './cluster-gate';

export default async function ClusterLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ cluster: string }>;
}) {
  return <ClusterGate cluster={segmentText((await params).cluster)}>{children}</ClusterGate>;
}
