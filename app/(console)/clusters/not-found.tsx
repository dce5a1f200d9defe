'use client';

import { useParams } from 'next/navigation';
import { segmentText } from '@/components/addresses';
import { UnknownCluster } from './unknown-cluster';

export default function ClusterNotFound() {
  const { cluster = '' } = useParams<{ cluster?: string }>();
  return <UnknownCluster cluster={segmentText(cluster)} />;
}
