import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Approvals } from './approvals';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('approvals') };
}

export default function ApprovalsPage() {
  return <Approvals />;
}
