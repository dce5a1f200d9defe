import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { segmentText } from '@/components/addresses';
import { InstalledOperators } from './installed-operators';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('installedOperators') };
}

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <InstalledOperators cluster={segmentText((await params).cluster)} />;
}
