import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Time } from '@/components/ui/time';
import type { Stuck } from '@/lib/operators/installed-contract';

/** Why an installation is where it is, since when, and in the cluster's own words: all of them once a panel is open. */
export function StuckSentence({ stuck }: { stuck: Stuck }) {
  const t = useTranslations('diagnosis');
  const waits = stuck.key.startsWith('waitsForApproval');
  const says = `${stuck.says.kind} ${stuck.says.name}`;
  return (
    <div className="mt-1.5 max-w-160 text-small">
      <p className={waits ? 'text-muted' : 'text-ink'}>
        {!waits && <TriangleAlert aria-hidden className="mr-1 inline size-3.5 text-failed" />}
        <span className="[overflow-wrap:anywhere]">{t(`cause.${stuck.key}`, stuck.values)}</span>
        {stuck.since && (
          <span className="text-faint">
            {' '}
            · <Time value={stuck.since} />
          </span>
        )}
      </p>
      {stuck.detail && !waits && (
        <p
          className="mt-0.5 line-clamp-2 text-faint [overflow-wrap:anywhere] group-has-aria-expanded/state:line-clamp-none"
          title={`${says}: ${stuck.detail}`}
        >
          {stuck.detail}
        </p>
      )}
    </div>
  );
}
