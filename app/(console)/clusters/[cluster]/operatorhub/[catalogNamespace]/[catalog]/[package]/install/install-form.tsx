'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, LoaderCircle } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { startDriving } from '@/app/(console)/driven-approvals';
import { createSubscriptions, patchInstallPlans, useAccess } from '@/app/(console)/use-access';
import { namespacesAreHidden } from '@/app/(console)/use-install-access';
import { addresses } from '@/components/addresses';
import { ApproveFirstField } from '@/components/operators/approve-first-field';
import { ConfigFields } from '@/components/operators/config-fields';
import { ApprovalStrategyField, InstallModeField } from '@/components/operators/install-choices';
import { InstallConflicts } from '@/components/operators/install-conflicts';
import { InstallFailure } from '@/components/operators/install-failure';
import { InstallPreview } from '@/components/operators/install-preview';
import { NamespaceField } from '@/components/operators/namespace-field';
import { PlannedObjects } from '@/components/operators/planned-objects';
import { ProvidedApis } from '@/components/operators/provided-apis';
import { TargetNamespaces } from '@/components/operators/target-namespaces';
import { VersionFields } from '@/components/operators/version-fields';
import { Button } from '@/components/ui/button';
import { ButtonLink, DisabledReason } from '@/components/ui/button-link';
import { PartialNotice } from '@/components/ui/partial-notice';
import type { AccessQuestion } from '@/lib/clusters/contract';
import { namespaceNameSchema } from '@/lib/http/names';
import type { Operator } from '@/lib/operators/contract';
import type { InstallInput, InstallNamespace, InstallNamespaceList } from '@/lib/operators/install-contract';
import { installFactsQuery, installOperator, operatorsQuery, type Scope } from '@/lib/operators/queries';
import { checkInstallation } from '@/lib/operators/rules/install-checks';
import { blocks, conflictsOf } from '@/lib/operators/rules/install-conflicts';
import { planInstallation } from '@/lib/operators/rules/installation';
import { useFieldErrors } from './field-errors';
import { freeNamespace } from './free-namespace';
import { installParams } from './search-params';
import { useInstallInput } from './use-install-input';
import { useNamespaceFacts } from './use-namespace-facts';

const conflictsId = 'conflicts';

/** Chooses version, place, mode and approval; shows exactly what will be created; creates it. */
export function InstallForm({
  cluster,
  operator,
  namespaces,
  scope,
}: {
  cluster: string;
  operator: Operator;
  namespaces: InstallNamespaceList;
  /** The one namespace of users who may not read the whole cluster. */
  scope: Scope;
}) {
  const t = useTranslations('install');
  const router = useRouter();
  const client = useQueryClient();
  const [given] = useQueryStates(installParams);
  const draft = useInstallInput(operator, namespaces, { ...given, namespace: scope.namespace });
  const { input, channel, change } = draft;
  const [attempted, setAttempted] = useState(false);
  const namespace = useNamespaceFacts(cluster, namespaces, input.namespace);
  // Until the cluster has answered, and where it does not, nothing is claimed to stand in the way.
  const facts = useQuery(installFactsQuery(cluster, operator, scope)).data;
  const conflicts = conflictsOf(operator, input, namespace, facts);
  const blocked = conflicts.some(blocks);
  const problems = checkInstallation(operator, input, namespace);
  const manifests = planInstallation(operator, input, namespace);
  const { reasons } = useAccess(cluster, questionsOf(input, namespace, manifests));
  const approving = useAccess(cluster, [approveQuestion(input, namespace)]);
  const installation = useMutation({
    mutationFn: (sent: InstallInput) => installOperator(cluster, operator, sent),
    onSuccess: async ({ subscription }, sent) => {
      if (sent.approveFirst) startDriving('first', { cluster, ...subscription });
      await client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey });
      router.push(addresses.progress(cluster, operator, subscription));
    },
  });
  const errorOf = useFieldErrors({ problems, attempted, failure: installation.error, input, channel });
  // What was refused is about what was sent; the next change makes it old.
  const edit = (part: Partial<InstallInput>) => {
    installation.reset();
    change(part);
  };

  return (
    <form
      noValidate
      className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,640px)_minmax(260px,1fr)]"
      onSubmit={(event) => {
        event.preventDefault();
        setAttempted(true);
        const form = event.currentTarget;
        // The first field that is wrong takes the focus, once its error stands beside it.
        if (problems.length > 0 || blocked) requestAnimationFrame(() => focusFirstInvalid(form));
        else if (!installation.isPending) installation.mutate(input);
      }}
    >
      <div className="flex min-w-0 flex-col gap-5">
        <VersionFields operator={operator} draft={draft} errorOf={errorOf} onChange={edit} />
        <InstallModeField
          channel={channel}
          value={input.mode}
          error={errorOf('mode')}
          onChange={(mode) => edit({ mode })}
        />
        {input.targetNamespaces && (
          <TargetNamespaces
            single={input.mode === 'SingleNamespace'}
            value={input.targetNamespaces}
            options={namespaces.items.map(({ name }) => name)}
            error={errorOf('targetNamespaces')}
            onChange={(targetNamespaces) => edit({ targetNamespaces })}
          />
        )}
        <NamespaceField
          value={input.namespace}
          namespaces={namespaces.items}
          hidden={namespacesAreHidden(namespaces)}
          suggested={channel?.suggestedNamespace || operator.name}
          invalid={blocked}
          error={errorOf('namespace')}
          onChange={(name) => edit({ namespace: name })}
        />
        <InstallConflicts
          id={conflictsId}
          cluster={cluster}
          operator={operator}
          input={input}
          conflicts={conflicts}
          // Whoever works in one namespace can't make another.
          otherNamespace={scope.namespace ?? freeNamespace(operator.name, channel, namespaces.items)}
          onChange={edit}
        />
        {facts && facts.partial.length > 0 && <PartialNotice partial={facts.partial} />}
        <ApprovalStrategyField
          manualOnly={operator.manualApprovalOnly}
          older={draft.older}
          newest={channel?.version ?? ''}
          value={input.approval}
          error={errorOf('approval')}
          onChange={(approval) => edit({ approval })}
        />
        {input.approval === 'Manual' && (
          <ApproveFirstField
            checked={input.approveFirst === true}
            disabledReason={approving.reason}
            onChange={(approveFirst) => edit({ approveFirst })}
          />
        )}
        <ConfigFields
          rows={draft.rows}
          problems={draft.rowProblems}
          attempted={attempted}
          onChange={(rows) => {
            installation.reset();
            draft.changeRows(rows);
          }}
        />
        <InstallPreview cluster={cluster} manifests={manifests} />
        <InstallFailure error={installation.error} />
        <div className="flex flex-wrap items-start gap-2">
          <span className="inline-flex flex-col items-start gap-1.5">
            <Button
              type="submit"
              variant="primary"
              disabled={reasons.length > 0 || installation.isPending}
              aria-describedby={reasons.length > 0 ? 'install-reason' : undefined}
            >
              {installation.isPending ? (
                <LoaderCircle aria-hidden className="animate-spin" />
              ) : (
                <Download aria-hidden />
              )}
              {t('install')}
            </Button>
          </span>
          <ButtonLink href={addresses.operator(cluster, operator)}>{t('cancel')}</ButtonLink>
          {reasons.length > 0 && (
            <div id="install-reason" className="flex w-full flex-col gap-1">
              {reasons.map((reason, index) => (
                <DisabledReason key={reason} id={`install-reason-${index}`}>
                  {reason}
                </DisabledReason>
              ))}
              <span className="text-small text-muted">{t('askForRights')}</span>
            </div>
          )}
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-19">
        <PlannedObjects
          cluster={cluster}
          manifests={manifests}
          approval={input.approval}
          approveFirst={input.approveFirst === true}
        />
        <ProvidedApis apis={channel?.providedApis ?? []} required={channel?.initializationResource?.kind} />
      </div>
    </form>
  );
}

/** What the cluster will be asked to allow. A namespace that does not exist yet is asked for as "anywhere". */
function questionsOf(
  input: InstallInput,
  namespace: InstallNamespace | undefined,
  manifests: readonly { kind: string }[],
): AccessQuestion[] {
  const place =
    namespace && namespaceNameSchema.safeParse(input.namespace).success ? input.namespace : undefined;
  const questions = [createSubscriptions(place)];
  if (manifests.some(({ kind }) => kind === 'Namespace')) {
    questions.push({ verb: 'create', group: '', resource: 'namespaces' });
  }
  if (manifests.some(({ kind }) => kind === 'OperatorGroup')) {
    questions.push({ ...createSubscriptions(place), resource: 'operatorgroups' });
  }
  return questions;
}

/** What approving the first InstallPlan will ask of the cluster. */
function approveQuestion(
  { namespace: name }: InstallInput,
  known: InstallNamespace | undefined,
): AccessQuestion {
  return known && namespaceNameSchema.safeParse(name).success
    ? { ...patchInstallPlans, namespace: name }
    : patchInstallPlans;
}

function focusFirstInvalid(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
