import { useTranslations } from 'next-intl';
import { CardSection } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import type { Operator, Subscription } from '@/lib/operators/contract';
import { hereDocument } from '@/lib/operators/rules/installation';

/** Some operators do nothing before a first object of theirs exists; the catalogue gives its text. */
export function Initialization({
  cluster,
  operator,
  subscription,
}: {
  cluster: string;
  operator: Operator;
  subscription: Subscription;
}) {
  const t = useTranslations('progress');
  const { initializationResource } =
    operator.channels.find(({ name }) => name === subscription.channel) ?? {};
  if (!initializationResource || !['Installed', 'Upgrade available'].includes(subscription.status))
    return null;
  const { kind, yaml } = initializationResource;
  return (
    <CardSection title={t('initializeTitle', { kind })} bodyClassName="flex flex-col gap-3 p-4">
      <p>{t('initialize', { kind })}</p>
      <CodeBlock label={kind} text={`${hereDocument(yaml, cluster)}\n`} />
    </CardSection>
  );
}
