'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { DiagnosisPanel } from '@/components/operators/diagnosis-panel';
import { useReason } from '@/components/operators/use-reason';
import { CardSection } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { OperatorRef, Subscription } from '@/lib/operators/contract';
import type { InstallationRef } from '@/lib/operators/diagnosis-contract';
import { diagnosisQuery, supportBundleAddress } from '@/lib/operators/diagnosis-queries';
import type { Stuck } from '@/lib/operators/installed-contract';
import { installPlansQuery } from '@/lib/operators/queries';
import { CleanUpPlan } from './clean-up-plan';
import { CureButton } from './cure-button';

/** What one installation waits for, after the closest look, with what cures it. */
export function InstallationDiagnosis({
  cluster,
  operator,
  installation,
  told,
}: {
  cluster: string;
  operator: OperatorRef | undefined;
  installation: InstallationRef;
  /** What stands right above already. */
  told?: Partial<Stuck>;
}) {
  const { data, error, refetch } = useQuery(diagnosisQuery(cluster, installation));
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) {
    return (
      <div aria-busy="true">
        <SkeletonRows rows={3} />
      </div>
    );
  }
  return (
    <DiagnosisPanel
      cluster={cluster}
      operator={operator}
      diagnosis={data}
      told={told}
      bundle={supportBundleAddress(cluster, installation)}
      cure={(action) =>
        action.id === 'cleanUpPlan' ? (
          <LeftPlan
            key={action.target}
            cluster={cluster}
            namespace={installation.namespace}
            name={action.target}
          />
        ) : (
          <CureButton
            key={`${action.id} ${action.target}`}
            cluster={cluster}
            installation={installation}
            action={action}
          />
        )
      }
    />
  );
}

/** The button that cleans up a plan which lies about, as on the page of approvals; nothing once it is gone. */
function LeftPlan({ cluster, namespace, name }: { cluster: string; namespace: string; name: string }) {
  const t = useTranslations('diagnosis.action');
  const { data } = useQuery(installPlansQuery(cluster, { namespace }));
  const plan = data?.items.find((one) => one.name === name && one.cleanable);
  return plan && <CleanUpPlan cluster={cluster} plan={plan} label={t('cleanUpPlan', { plan: name })} />;
}

/** The same for Subscriptions that are not where they head for, one card each; why one failed is said above already. */
export function UnsettledSubscriptions({
  cluster,
  operator,
  subscriptions,
}: {
  cluster: string;
  operator: OperatorRef;
  subscriptions: readonly Subscription[];
}) {
  const t = useTranslations('diagnosis');
  const reasonOf = useReason();
  const unsettled = subscriptions.filter(
    ({ status }) => status !== 'Installed' && status !== 'Upgrade available',
  );
  const titleOf = ({ status, namespace, name }: Subscription) => {
    const failed = status === 'Failed';
    if (subscriptions.length === 1) return t(failed ? 'titleFailed' : 'title');
    return t(failed ? 'titleFailedOf' : 'titleOf', { namespace, name });
  };
  return unsettled.map((subscription) => {
    const { uid, namespace, name, status } = subscription;
    return (
      <div key={uid} className="mb-4">
        <CardSection title={titleOf(subscription)}>
          <InstallationDiagnosis
            cluster={cluster}
            operator={operator}
            installation={{ kind: 'Subscription', namespace, name }}
            told={status === 'Failed' ? { detail: reasonOf(subscription) } : undefined}
          />
        </CardSection>
      </div>
    );
  });
}
