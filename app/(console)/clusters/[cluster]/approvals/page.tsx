import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { segmentText } from '@/components/addresses';
import { ClusterApprovals } from './cluster-approvals';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('approvals') };
}

export default async function ClusterApprovalsPage({ params }: { params: Promise<{ cluster: string }> }) {
  return <ClusterApprovals cluster={segmentText((await params).cluster)} />;
}
