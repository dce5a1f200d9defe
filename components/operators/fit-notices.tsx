import { useTranslations } from 'next-intl';
import { defaultChannelOf } from '@/components/operators/operator-overview';
import { Notice } from '@/components/ui/notice';
import type { Cluster } from '@/lib/clusters/contract';
import type { Operator } from '@/lib/operators/contract';
import { architecturesOf, isNewEnough, missingArchitectures } from '@/lib/operators/rules/fit';

/** What speaks against the operator on this very cluster, and what its catalog calls deprecated of it. */
export function FitNotices({
  cluster,
  operator,
  here,
}: {
  cluster: string;
  operator: Operator;
  /** Undefined while it loads. */
  here: Cluster | undefined;
}) {
  const t = useTranslations('operators.notices');
  const channel = defaultChannelOf(operator);
  const version = here?.kubernetesVersion;
  const tooOld = isNewEnough(channel?.minKubeVersion, version) === false;
  const nodes = here ? architecturesOf(here.labels) : [];
  const foreign = missingArchitectures(operator, nodes);
  const deprecated = deprecationsOf(operator);
  if (!tooOld && foreign.length === 0 && deprecated.length === 0) return null;
  return (
    <div className="mb-5 flex flex-col gap-3">
      {tooOld && (
        <Notice tone="waiting" title={t('kubeTooOld')}>
          {t('kubeTooOldText', { minimum: channel?.minKubeVersion ?? '', version: version ?? '', cluster })}
        </Notice>
      )}
      {foreign.length > 0 && (
        <Notice tone="waiting" title={t('architecture')}>
          {t('architectureText', {
            supported: operator.architectures.join(', '),
            nodes: nodes.join(', '),
            cluster,
          })}
        </Notice>
      )}
      {deprecated.map(({ part, what, message, namespace }) => (
        <Notice
          key={`${part}/${what}`}
          tone="waiting"
          title={
            part === 'channel'
              ? t('channelDeprecated', { channel: what })
              : t('versionDeprecated', { version: what })
          }
        >
          {message}
          {namespace !== undefined && <span className="text-muted"> {t('runsIn', { namespace })}</span>}
        </Notice>
      ))}
    </div>
  );
}

interface Deprecation {
  part: 'channel' | 'version';
  what: string;
  message: string;
  /** Where it runs; absent for what only an installation would bring. */
  namespace?: string;
}

/** Deprecated channels and versions that matter here: those that run, and those that an installation would bring. */
function deprecationsOf(operator: Operator): Deprecation[] {
  const found = new Map<string, Deprecation>();
  const note = (name: string, csv: string | undefined, namespace?: string) => {
    const channel = operator.channels.find((candidate) => candidate.name === name);
    const entry = operator.channels
      .flatMap(({ entries }) => entries)
      .find((candidate) => candidate.name === csv);
    const add = (part: Deprecation['part'], what: string, message: string | undefined) => {
      if (message && !found.has(`${part}/${what}`))
        found.set(`${part}/${what}`, { part, what, message, namespace });
    };
    add('channel', name, channel?.deprecation);
    add('version', entry?.version ?? '', entry?.deprecation);
  };
  for (const { channel, clusterServiceVersion, installedCSV, namespace } of operator.subscriptions) {
    note(channel, clusterServiceVersion?.name ?? installedCSV, namespace);
  }
  const channel = defaultChannelOf(operator);
  if (channel && operator.subscriptions.length === 0) note(channel.name, channel.currentCSV);
  return [...found.values()];
}
