import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Packages } from './packages';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('uploadPackages') };
}

export default function PackagesPage() {
  return <Packages />;
}
