import { useTranslations } from 'next-intl';
import { CardSection } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import type { Subscription } from '@/lib/operators/contract';

/** What OLM itself says of a Subscription now, in its own words: where it is stuck, the reason stands here. */
export function SubscriptionConditions({ subscription }: { subscription: Subscription }) {
  const { conditions, status: state } = subscription;
  const t = useTranslations('progress');
  // `BundleUnpacking` stays true long after the bundle is unpacked.
  const unpacks = state === 'Resolving' || state === 'Unpacking' || state === 'Failed';
  const holding = conditions.filter(
    ({ type, status }) => status === 'True' && (unpacks || type !== 'BundleUnpacking'),
  );
  // OLM leaves conditions behind: beside an operator that runs they would only look like trouble.
  if (holding.length === 0 || state === 'Installed' || state === 'Upgrade available') return null;
  return (
    <CardSection title={t('conditions')} bodyClassName="p-0">
      <ConditionList conditions={holding} />
    </CardSection>
  );
}

/** Conditions in the words of whoever set them. */
export function ConditionList({ conditions }: { conditions: Subscription['conditions'] }) {
  return (
    <ul className="divide-y divide-line-faint">
      {conditions.map(({ type, status, reason, message, lastTransitionTime }) => (
        <li key={type} className="px-4 py-2.5">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{type}</span>
            {status !== 'True' && <span className="name-text text-faint">{status}</span>}
            {reason && <span className="name-text text-muted">{reason}</span>}
            {lastTransitionTime && (
              <span className="ml-auto text-small text-faint">
                <Time value={lastTransitionTime} />
              </span>
            )}
          </p>
          {message && <p className="text-muted [overflow-wrap:anywhere]">{message}</p>}
        </li>
      ))}
    </ul>
  );
}
