import type { Metadata } from 'next';
import { segmentText } from '@/components/addresses';
import { ClusterOverview } from './cluster-overview';

type Props = { params: Promise<{ cluster: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: segmentText((await params).cluster) };
}

export default async function ClusterPage({ params }: Props) {
  return <ClusterOverview cluster={segmentText((await params).cluster)} />;
}
