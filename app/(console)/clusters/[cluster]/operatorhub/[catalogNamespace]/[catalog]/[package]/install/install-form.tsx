'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, LoaderCircle } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createSubscriptions, useAccess } from '@/app/(console)/use-access';
import { namespacesAreHidden } from '@/app/(console)/use-install-access';
import { addresses } from '@/components/addresses';
import { ApprovalStrategyField, InstallModeField } from '@/components/operators/install-choices';
import { InstallFailure } from '@/components/operators/install-failure';
import { InstallPreview } from '@/components/operators/install-preview';
import { NamespaceField } from '@/components/operators/namespace-field';
import { PlannedObjects } from '@/components/operators/planned-objects';
import { TargetNamespaces } from '@/components/operators/target-namespaces';
import { VersionFields } from '@/components/operators/version-fields';
import { Button } from '@/components/ui/button';
import { ButtonLink, DisabledReason } from '@/components/ui/button-link';
import type { AccessQuestion } from '@/lib/clusters/contract';
import {
  type InstallInput,
  type InstallNamespace,
  type InstallNamespaceList,
  namespaceNameSchema,
  type Operator,
} from '@/lib/operators/contract';
import { installOperator, operatorsQuery } from '@/lib/operators/queries';
import { checkInstallation } from '@/lib/operators/rules/install-checks';
import { planInstallation } from '@/lib/operators/rules/installation';
import { useFieldErrors } from './field-errors';
import { useInstallInput } from './use-install-input';

/** Chooses version, place, mode and approval; shows exactly what will be created; creates it. */
export function InstallForm({
  cluster,
  operator,
  namespaces,
}: {
  cluster: string;
  operator: Operator;
  namespaces: InstallNamespaceList;
}) {
  const t = useTranslations('install');
  const router = useRouter();
  const client = useQueryClient();
  const draft = useInstallInput(operator);
  const { input, channel, change } = draft;
  const [attempted, setAttempted] = useState(false);
  const namespace = factsOf(namespaces, input.namespace);
  const problems = checkInstallation(operator, input, namespace);
  const manifests = planInstallation(operator, input, namespace);
  const { reason } = useAccess(cluster, questionsOf(input, namespace, manifests));
  const installation = useMutation({
    mutationFn: (sent: InstallInput) => installOperator(cluster, operator, sent),
    onSuccess: async ({ subscription }) => {
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
        if (problems.length > 0) requestAnimationFrame(() => focusFirstInvalid(form));
        if (problems.length === 0 && !installation.isPending) installation.mutate(input);
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
          approval={input.approval}
          error={errorOf('namespace')}
          onChange={(name) => edit({ namespace: name })}
        />
        <ApprovalStrategyField
          manualOnly={operator.manualApprovalOnly}
          older={draft.older}
          newest={channel?.version ?? ''}
          value={input.approval}
          error={errorOf('approval')}
          onChange={(approval) => edit({ approval })}
        />
        <InstallPreview cluster={cluster} manifests={manifests} />
        <InstallFailure error={installation.error} />
        <div className="flex flex-wrap items-start gap-2">
          <span className="inline-flex flex-col items-start gap-1.5">
            <Button
              type="submit"
              variant="primary"
              disabled={reason !== undefined || installation.isPending}
              aria-describedby={reason ? 'install-reason' : undefined}
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
          {reason && (
            <span className="w-full">
              <DisabledReason id="install-reason">{reason}</DisabledReason>
            </span>
          )}
        </div>
      </div>
      <PlannedObjects cluster={cluster} manifests={manifests} approval={input.approval} />
    </form>
  );
}

/** What is known of the namespace; undefined when it will be created. One that can't be seen is taken to exist. */
function factsOf(namespaces: InstallNamespaceList, name: string): InstallNamespace | undefined {
  const known = namespaces.items.find((one) => one.name === name);
  if (known) return known;
  return namespacesAreHidden(namespaces) ? { name, operatorGroups: [], subscriptions: [] } : undefined;
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

function focusFirstInvalid(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
