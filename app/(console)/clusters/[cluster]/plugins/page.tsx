import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { segmentText } from '@/components/addresses';
import { ClusterPlugins } from './cluster-plugins';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('clusterPlugins') };
}

export default async function ClusterPluginsPage({ params }: { params: Promise<{ cluster: string }> }) {
  return <ClusterPlugins cluster={segmentText((await params).cluster)} />;
}
