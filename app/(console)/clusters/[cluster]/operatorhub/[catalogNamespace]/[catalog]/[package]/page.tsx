import type { Metadata } from 'next';
import { OperatorPage } from './operator-page';
import { type OperatorParams, operatorOf } from './operator-ref';

export async function generateMetadata({ params }: { params: OperatorParams }): Promise<Metadata> {
  return { title: (await operatorOf(params)).operator.name };
}

export default async function Page({ params }: { params: OperatorParams }) {
  const { cluster, operator } = await operatorOf(params);
  return <OperatorPage cluster={cluster} reference={operator} />;
}
