import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { InstalledPlaces } from '@/components/operators/installed-places';
import { OperatorFacts } from '@/components/operators/operator-facts';
import { ProvidedApis } from '@/components/operators/provided-apis';
import { CardSection } from '@/components/ui/card';
import { Markdown } from '@/components/ui/markdown';
import type { Operator, OperatorChannel } from '@/lib/operators/contract';

/** The default channel of an operator; of a package that names none, its first. */
export function defaultChannelOf(operator: Operator): OperatorChannel | undefined {
  return operator.channels.find(({ name }) => name === operator.defaultChannel) ?? operator.channels[0];
}

/** What an operator says about itself, and the facts beside it. */
export function OperatorOverview({
  cluster,
  operator,
  kubernetesVersion,
  rights,
}: {
  cluster: string;
  operator: Operator;
  /** Of the cluster, when it is known. */
  kubernetesVersion: string | undefined;
  /** What the operator may do. */
  rights: ReactNode;
}) {
  const t = useTranslations('operators');
  const channel = defaultChannelOf(operator);
  const text = channel?.description || operator.description;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
      <div className="flex min-w-0 flex-col gap-4">
        <CardSection title={t('description')}>
          {text ? <Markdown text={text} /> : <p className="text-muted">{t('noDescription')}</p>}
        </CardSection>
        {channel && channel.providedApis.length > 0 && <ProvidedApis apis={channel.providedApis} />}
        {operator.status !== 'Absent' && rights}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {operator.subscriptions.length > 0 && <InstalledPlaces cluster={cluster} operator={operator} />}
        <OperatorFacts operator={operator} channel={channel} kubernetesVersion={kubernetesVersion} />
      </div>
    </div>
  );
}
