import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { segmentText } from '@/components/addresses';
import { OperatorHub } from './operator-hub';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('operatorHub') };
}

export default async function OperatorHubPage({ params }: { params: Promise<{ cluster: string }> }) {
  return <OperatorHub cluster={segmentText((await params).cluster)} />;
}
