import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useId } from 'react';
import { addresses } from '@/components/addresses';
import { DeprecationBadge } from '@/components/operators/deprecation-badge';
import { OperatorIcon } from '@/components/operators/operator-icon';
import { SourceBadge } from '@/components/operators/source-badge';
import { StatusBadge } from '@/components/operators/status-badge';
import { cn } from '@/components/ui/cn';
import type { OperatorRow } from '@/lib/operators/contract';

/** One operator of the catalogue. The whole card leads to its page; the link's name is its display name. */
export function OperatorCard({
  cluster,
  operator,
  namespace,
}: {
  cluster: string;
  operator: OperatorRow;
  namespace?: string;
}) {
  const t = useTranslations('operators');
  const id = useId();
  return (
    <article className="relative flex h-37 flex-col rounded-card border border-line bg-panel p-3.5 shadow-lift transition-colors hover:border-line-control">
      <div className="flex items-start gap-3">
        <OperatorIcon
          cluster={cluster}
          operator={operator}
          displayName={operator.displayName}
          namespace={namespace}
          missing={operator.status === 'Absent'}
        />
        <div className="min-w-0 grow">
          <h2 className="truncate font-semibold" title={operator.displayName}>
            <Link
              href={addresses.operator(cluster, operator)}
              prefetch={false}
              aria-describedby={`${id}-status`}
              className="stretched rounded-card focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent-solid"
            >
              {operator.displayName}
            </Link>
          </h2>
          <p className="name-text truncate text-faint">{operator.name}</p>
        </div>
        <SourceBadge source={operator.source} />
      </div>
      <p className="mt-2.5 line-clamp-2 h-10 text-muted">{operator.description || t('noDescription')}</p>
      <div className="mt-auto flex items-center justify-between gap-2">
        <span id={`${id}-status`} className="flex items-center gap-1.5">
          <StatusBadge status={operator.status} />
          <DeprecationBadge parts={operator.deprecations} compact={stepOf(operator) !== undefined} />
        </span>
        <Versions operator={operator} />
      </div>
    </article>
  );
}

function stepOf({ installedVersion, newVersion }: OperatorRow): { from: string; to: string } | undefined {
  if (!installedVersion || !newVersion || installedVersion === newVersion) return undefined;
  return { from: installedVersion, to: newVersion };
}

function Versions({ operator }: { operator: OperatorRow }) {
  const t = useTranslations('operators');
  const { installedVersion, version, absent } = operator;
  if (absent?.synchronisingSince) return <Synchronising since={absent.synchronisingSince} />;
  const step = stepOf(operator);
  if (step) return <VersionStep {...step} fit />;
  return (
    <span className="name-text min-w-0 truncate text-muted" title={t('version')}>
      {installedVersion ?? version}
    </span>
  );
}

function Synchronising({ since }: { since: string }) {
  const t = useTranslations('operators.absent');
  const format = useFormatter();
  return (
    <span className="min-w-0 truncate text-small text-accent">
      {t('syncBadge', { since: format.dateTime(new Date(since), { timeStyle: 'short' }) })}
    </span>
  );
}

/** From one version to a newer one; with `fit` only the newer one shows where both do not fit. */
export function VersionStep({ from, to, fit }: { from: string; to: string; fit?: boolean }) {
  const t = useTranslations('operators');
  return (
    <span
      className={cn(
        'name-text min-w-0 items-center gap-x-1.5 text-muted',
        // Two lines of which the last one shows: whatever does not fit beside the newer version is in the first.
        fit ? 'flex h-5 flex-wrap content-end justify-end overflow-hidden leading-5' : 'inline-flex',
      )}
    >
      <span className="inline-flex max-w-full min-w-0 items-center gap-1.5">
        <span className="truncate">{from}</span>
        <ArrowRight aria-hidden className="size-3 shrink-0 text-faint" />
        <span className="sr-only">{t('to')}</span>
      </span>
      <span className="max-w-full truncate font-medium text-newer">{to}</span>
    </span>
  );
}
