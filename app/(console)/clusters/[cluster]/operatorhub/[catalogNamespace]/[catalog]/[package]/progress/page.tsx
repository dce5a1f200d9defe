import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type OperatorParams, operatorOf } from '../operator-ref';
import { Progress } from './progress';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('progress') };
}

export default async function ProgressPage({ params }: { params: OperatorParams }) {
  const { cluster, operator } = await operatorOf(params);
  return <Progress cluster={cluster} reference={operator} />;
}
