import { Check, ExternalLink, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CapabilityLevel } from '@/components/operators/capability-level';
import { CardSection } from '@/components/ui/card';
import { CopyableName } from '@/components/ui/copy-button';
import { KeyValues } from '@/components/ui/key-values';
import { Day } from '@/components/ui/time';
import { installModes, type Operator, type OperatorChannel } from '@/lib/operators/contract';
import { isNewEnough } from '@/lib/operators/rules/fit';

/** The facts of an operator, as its default channel's head tells them. */
export function OperatorFacts({
  operator,
  channel,
  kubernetesVersion,
}: {
  operator: Operator;
  channel: OperatorChannel | undefined;
  /** Of the cluster, when it is known. */
  kubernetesVersion: string | undefined;
}) {
  const t = useTranslations('operators');
  return (
    <CardSection title={t('details')}>
      <KeyValues
        items={[
          {
            key: t('version'),
            value: <span className="name-text">{channel?.version ?? operator.version}</span>,
          },
          { key: t('channel'), value: channel && <span className="name-text">{channel.name}</span> },
          { key: t('facets.provider'), value: operator.provider },
          { key: t('catalog'), value: operator.catalogDisplayName || operator.catalog },
          {
            key: t('capabilityLevel'),
            value: channel?.capabilityLevel && <CapabilityLevel level={channel.capabilityLevel} />,
          },
          { key: t('installModes'), value: channel && <InstallModes channel={channel} /> },
          { key: t('categories'), value: operator.categories.join(', ') },
          {
            key: t('minKubeVersion'),
            value: channel?.minKubeVersion && (
              <KubernetesFit minimum={channel.minKubeVersion} version={kubernetesVersion} />
            ),
          },
          { key: t('architectures'), value: operator.architectures.join(', ') },
          {
            key: t('containerImage'),
            value: channel?.containerImage && (
              <CopyableName name={channel.containerImage} what={t('containerImage')} />
            ),
          },
          { key: t('repository'), value: channel?.repository && <WebLink url={channel.repository} /> },
          { key: t('createdAt'), value: channel?.createdAt && <Day value={channel.createdAt} /> },
          { key: t('support'), value: channel?.support },
          { key: t('links'), value: links(channel) },
          { key: t('maintainers'), value: maintainers(channel) },
        ]}
      />
    </CardSection>
  );
}

function KubernetesFit({ minimum, version }: { minimum: string; version: string | undefined }) {
  const t = useTranslations('operators');
  const fits = isNewEnough(minimum, version);
  const Icon = fits ? Check : X;
  return (
    <>
      <span className="name-text">{minimum}</span>
      {fits !== undefined && version && (
        <span className={`block text-small ${fits ? 'text-muted' : 'text-waiting'}`}>
          <Icon aria-hidden className={`mr-1 inline size-3.5 ${fits ? 'text-good' : 'text-waiting'}`} />
          {t('kubeFits', { version })}
        </span>
      )}
    </>
  );
}

function InstallModes({ channel }: { channel: OperatorChannel }) {
  const t = useTranslations('install.modes');
  const common = useTranslations('common');
  return (
    <ul className="flex flex-col gap-0.5">
      {installModes.map((mode) => {
        const supported = channel.installModes.some((one) => one.type === mode && one.supported);
        const Icon = supported ? Check : X;
        return (
          <li key={mode} className={supported ? undefined : 'text-muted'}>
            <Icon
              aria-hidden
              className={`mr-1.5 inline size-3.5 ${supported ? 'text-good' : 'text-faint'}`}
            />
            {t(`${mode}.label`)}
            <span className="sr-only">: {supported ? common('supported') : common('notSupported')}</span>
          </li>
        );
      })}
    </ul>
  );
}

function links(channel: OperatorChannel | undefined): ReactNode {
  if (!channel || channel.links.length === 0) return undefined;
  return (
    <ul className="flex flex-col gap-0.5">
      {channel.links.map(({ name, url }) => (
        <li key={url}>
          <WebLink url={url}>{name}</WebLink>
        </li>
      ))}
    </ul>
  );
}

function maintainers(channel: OperatorChannel | undefined): ReactNode {
  if (!channel || channel.maintainers.length === 0) return undefined;
  return (
    <ul className="flex flex-col gap-0.5">
      {channel.maintainers.map(({ name, email }) => (
        <li key={`${name}/${email}`}>
          {email ? <WebLink url={`mailto:${email}`}>{name || email}</WebLink> : name}
        </li>
      ))}
    </ul>
  );
}

/** A link out of the console; text that is no web or mail address stays text. */
function WebLink({ url, children }: { url: string; children?: ReactNode }) {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return <span>{children ?? url}</span>;
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="inline-block min-h-6 py-0.5 text-accent underline-offset-2 hover:underline"
    >
      {children ?? url.replace(/^https?:\/\//i, '')}
      {!url.startsWith('mailto:') && <ExternalLink aria-hidden className="ml-1 inline size-3" />}
    </a>
  );
}
