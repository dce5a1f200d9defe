import type { Metadata } from 'next';
import { segmentText } from '@/components/addresses';
import { PlanReview } from './plan-review';

type Params = Promise<{ cluster: string; namespace: string; plan: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: segmentText((await params).plan) };
}

export default async function PlanPage({ params }: { params: Params }) {
  const { cluster, namespace, plan } = await params;
  return (
    <PlanReview cluster={segmentText(cluster)} namespace={segmentText(namespace)} name={segmentText(plan)} />
  );
}
