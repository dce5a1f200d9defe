import { CircleCheck, CircleX, ExternalLink, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { CardSection } from '@/components/ui/card';
import { CopyableName } from '@/components/ui/copy-button';
import { KeyValues } from '@/components/ui/key-values';
import { Time } from '@/components/ui/time';
import type { Installation } from '@/lib/plugins/contract';

/** The installation on this cluster: its object, its releases and its conditions. */
export function InstallationFacts({ installation }: { installation: Installation }) {
  const t = useTranslations('plugins');
  const { entrypoint, releases, conditions } = installation;
  return (
    <CardSection title={t('installation')} bodyClassName="flex flex-col gap-5 p-4">
      <KeyValues
        className="sm:grid sm:grid-cols-2"
        items={[
          { key: 'ModuleInfo', value: <CopyableName name={installation.name} what="ModuleInfo" /> },
          { key: t('phase'), value: installation.phase },
          { key: t('targetVersion'), value: <span className="name-text">{installation.targetVersion}</span> },
          { key: t('created'), value: <Time value={installation.createdAt} /> },
          { key: t('entrypoint'), value: entrypoint && <Entrypoint address={entrypoint} /> },
        ]}
      />
      {releases.length > 0 && (
        <div>
          <h3 className="mb-1.5 font-medium">{t('releases')}</h3>
          <ul className="divide-y divide-line-faint rounded-control border border-line">
            {releases.map((release) => (
              <li
                key={`${release.namespace}/${release.name}`}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2"
              >
                <ReleaseState release={release} />
                <span className="name-text [overflow-wrap:anywhere]">
                  {[release.namespace, release.name].filter(Boolean).join('/')}
                </span>
                <span className="name-text ml-auto text-muted">
                  {release.charts.map(({ name, version }) => `${name} ${version}`.trim()).join(', ')}
                </span>
                {(release.reason || release.message) && (
                  <p className="w-full text-small text-muted [overflow-wrap:anywhere]">
                    {[release.reason, release.message].filter(Boolean).join(': ')}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {conditions.length > 0 && (
        <div>
          <h3 className="mb-1.5 font-medium">{t('conditions')}</h3>
          <ul className="flex flex-col gap-1">
            {conditions.map(({ type, status, reason, message, lastTransitionTime }) => (
              <li key={type} className="[overflow-wrap:anywhere]">
                <span className="name-text">
                  {type}={status}
                </span>{' '}
                <span className="text-muted">
                  {[reason, message].filter(Boolean).join(': ')}{' '}
                  {lastTransitionTime && <Time value={lastTransitionTime} />}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </CardSection>
  );
}

function ReleaseState({ release: { ready, failed } }: { release: Installation['releases'][number] }) {
  const t = useTranslations('plugins.release');
  if (failed) {
    return (
      <Badge tone="failed" icon={CircleX}>
        {t('failed')}
      </Badge>
    );
  }
  return ready ? (
    <Badge tone="good" icon={CircleCheck}>
      {t('ready')}
    </Badge>
  ) : (
    <Badge tone="accent" icon={LoaderCircle} spinning>
      {t('underWay')}
    </Badge>
  );
}

/** A path belongs to the platform, whose own address a browser is not told. */
function Entrypoint({ address }: { address: string }) {
  if (address.startsWith('/')) return <span className="name-text">{address}</span>;
  return (
    <a
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex items-center gap-1 text-accent hover:underline"
    >
      {address}
      <ExternalLink aria-hidden className="size-3.5" />
    </a>
  );
}
