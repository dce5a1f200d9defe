import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Clusters } from './clusters';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('clusters') };
}

export default function ClustersPage() {
  return <Clusters />;
}
