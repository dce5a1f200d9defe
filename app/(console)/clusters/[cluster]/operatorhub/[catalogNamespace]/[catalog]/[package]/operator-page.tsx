'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryState } from 'nuqs';
import { ApprovePlan } from '@/app/(console)/approve-plan';
import { UnsettledSubscriptions } from '@/app/(console)/installation-diagnosis';
import { ScopeBar, ScopeChooser } from '@/app/(console)/scope-chooser';
import { UpgradeButton } from '@/app/(console)/upgrade-button';
import { useInstallAccess } from '@/app/(console)/use-install-access';
import { useRefusal, useScope } from '@/app/(console)/use-scope';
import { addresses } from '@/components/addresses';
import { AbsentGuide } from '@/components/operators/absent-guide';
import { FitNotices } from '@/components/operators/fit-notices';
import { OperatorHeader } from '@/components/operators/operator-header';
import { OperatorNotices } from '@/components/operators/operator-notices';
import { OperatorOverview } from '@/components/operators/operator-overview';
import { OperatorPageSkeleton } from '@/components/operators/operator-page-skeleton';
import { OperatorVersions } from '@/components/operators/operator-versions';
import { SubscriptionList } from '@/components/operators/subscription-list';
import { ButtonLink } from '@/components/ui/button-link';
import { PageError } from '@/components/ui/page-error';
import { PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import { sessionQuery } from '@/lib/auth/queries';
import { clustersQuery } from '@/lib/clusters/queries';
import type { OperatorRef } from '@/lib/operators/contract';
import { operatorQuery } from '@/lib/operators/queries';
import { ChangeChannelButton } from './change-channel-button';
import { OperatorEvents, OperatorObjects, OperatorRightsSection } from './operator-tabs';
import { operatorTab, operatorTabs } from './search-params';
import { UninstallButton } from './uninstall-button';

/** One operator: what it is, its versions, and where it is installed on this cluster. */
export function OperatorPage({ cluster, reference }: { cluster: string; reference: OperatorRef }) {
  const t = useTranslations('operators');
  const [tab, setTab] = useQueryState('tab', operatorTab);
  const used = useScope(cluster);
  const { scope } = used;
  const { data: operator, error, refetch } = useQuery(operatorQuery(cluster, reference, scope));
  const refusal = useRefusal(used, { data: operator, error });
  const { data: clusters } = useQuery(clustersQuery());
  const user = useQuery(sessionQuery()).data?.user;
  const missing = useInstallAccess(cluster);

  if (refusal) {
    return (
      <>
        <PageHeader title={reference.name} />
        <ScopeChooser cluster={cluster} used={used} error={refusal} />
      </>
    );
  }
  if (error && !operator)
    return <PageError title={reference.name} error={error} retry={() => void refetch()} />;
  if (!operator) return <OperatorPageSkeleton />;
  const here = clusters?.items.find(({ name }) => name === cluster);
  const install = operator.channels.length > 0 && (
    <ButtonLink
      href={addresses.install(cluster, reference)}
      variant={operator.subscriptions.length > 0 ? 'secondary' : 'primary'}
      disabledReason={missing}
      icon={<Download aria-hidden />}
    >
      {t('install')}
    </ButtonLink>
  );
  const [first, ...more] = operator.subscriptions;
  const actions = (
    <>
      {first && (
        <>
          <ChangeChannelButton
            cluster={cluster}
            reference={reference}
            operator={operator}
            subscriptions={[first, ...more]}
          />
          <UninstallButton
            cluster={cluster}
            reference={reference}
            displayName={operator.displayName}
            subscriptions={[first, ...more]}
          />
        </>
      )}
      {install}
    </>
  );
  const content = {
    overview: (
      <OperatorOverview
        cluster={cluster}
        operator={operator}
        kubernetesVersion={here?.kubernetesVersion}
        rights={<OperatorRightsSection cluster={cluster} reference={reference} scope={scope} />}
      />
    ),
    versions: <OperatorVersions operator={operator} />,
    subscription: (
      <SubscriptionList
        cluster={cluster}
        operator={operator}
        upgrade={(subscription) => (
          <UpgradeButton cluster={cluster} operator={operator} subscription={subscription} />
        )}
      />
    ),
    events: <OperatorEvents cluster={cluster} reference={reference} scope={scope} />,
    yaml: <OperatorObjects cluster={cluster} reference={reference} scope={scope} />,
  };
  return (
    <>
      <OperatorHeader cluster={cluster} operator={operator} namespace={scope.namespace} actions={actions} />
      <ScopeBar cluster={cluster} used={used} />
      {operator.absent && <AbsentGuide cluster={cluster} operator={operator} user={user?.name ?? ''} />}
      <FitNotices cluster={cluster} operator={operator} here={here} />
      <OperatorNotices
        cluster={cluster}
        operator={operator}
        approve={(plan) => <ApprovePlan cluster={cluster} plan={plan} />}
      />
      <UnsettledSubscriptions cluster={cluster} operator={operator} subscriptions={operator.subscriptions} />
      <Tabs
        label={operator.displayName}
        value={tab}
        onChange={(value) => void setTab(value)}
        items={operatorTabs.map((value) => ({ value, label: t(`tabs.${value}`), content: content[value] }))}
      />
    </>
  );
}
