import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { CardSection } from '@/components/ui/card';
import { CopyableName } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { Day } from '@/components/ui/time';
import type { Operator, OperatorChannel } from '@/lib/operators/contract';

/** The versions of every channel, newest first, with what is deprecated and what runs here. */
export function OperatorVersions({ operator }: { operator: Operator }) {
  const t = useTranslations('operators');
  const ordered = operator.channels.toSorted(
    (a, b) => Number(b.name === operator.defaultChannel) - Number(a.name === operator.defaultChannel),
  );
  if (ordered.length === 0) return <p className="text-muted">{t('noVersions')}</p>;
  return (
    <div className="flex flex-col gap-4">
      {ordered.map((channel) => (
        <ChannelVersions key={channel.name} operator={operator} channel={channel} />
      ))}
    </div>
  );
}

function ChannelVersions({ operator, channel }: { operator: Operator; channel: OperatorChannel }) {
  const t = useTranslations('operators');
  // A catalog dates only the heads of its channels.
  const dateOf = (csv: string) => operator.channels.find(({ currentCSV }) => currentCSV === csv)?.createdAt;
  const namespacesOf = (csv: string) =>
    operator.subscriptions
      .filter(({ installedCSV }) => installedCSV === csv)
      .map(({ namespace }) => namespace);
  return (
    <CardSection
      title={
        <span>
          {t('channel')} <span className="font-mono text-small font-semibold">{channel.name}</span>
        </span>
      }
      aside={
        <span className="flex gap-2">
          {channel.name === operator.defaultChannel && <Badge tone="accent">{t('defaultChannel')}</Badge>}
          {channel.deprecation !== undefined && (
            <Badge tone="waiting" icon={TriangleAlert}>
              {t('deprecated')}
            </Badge>
          )}
        </span>
      }
      bodyClassName="p-0"
    >
      {channel.deprecation && (
        <Notice tone="waiting" className="rounded-none">
          {channel.deprecation}
        </Notice>
      )}
      <ul className="divide-y divide-line-faint">
        {channel.entries.map(({ name, version, deprecation }, index) => {
          const namespaces = namespacesOf(name);
          return (
            <li key={name} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
              <span className="name-text w-24 font-medium">{version}</span>
              <CopyableName name={name} what={t('csvName')} className="text-muted" />
              {dateOf(name) && (
                <span className="text-small text-faint">
                  <Day value={dateOf(name) ?? ''} />
                </span>
              )}
              <span className="ml-auto flex flex-wrap items-center gap-2">
                {index === 0 && <Badge tone="neutral">{t('newest')}</Badge>}
                {namespaces.length > 0 && (
                  <Badge tone="good" icon={CircleCheck}>
                    {t('runsIn', { namespaces: namespaces.join(', ') })}
                  </Badge>
                )}
              </span>
              {deprecation && (
                <p className="flex w-full items-start gap-1.5 text-small text-waiting">
                  <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
                  {deprecation}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </CardSection>
  );
}
