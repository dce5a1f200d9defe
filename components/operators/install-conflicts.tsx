import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { CodeBlock } from '@/components/ui/code-block';
import { Notice } from '@/components/ui/notice';
import type { Operator } from '@/lib/operators/contract';
import type { InstallInput } from '@/lib/operators/install-contract';
import { blocks, type InstallConflict } from '@/lib/operators/rules/install-conflicts';
import { shellQuote } from '@/lib/operators/rules/installation';

interface Scene {
  cluster: string;
  operator: Operator;
  input: InstallInput;
  /** A namespace in which none of the conflicts of a namespace exists. */
  otherNamespace: string;
  onChange: (part: Partial<InstallInput>) => void;
}

/** What stands in the way, each with its cure one click away. What certainly fails comes first. */
export function InstallConflicts({
  id,
  conflicts,
  ...scene
}: { id: string; conflicts: readonly InstallConflict[] } & Scene) {
  const t = useTranslations('install.conflicts');
  const words = useConflictWords(scene);
  if (conflicts.length === 0) return null;
  const ordered = [...conflicts].sort((left, right) => Number(blocks(right)) - Number(blocks(left)));
  return (
    <section id={id} aria-label={t('label')} tabIndex={-1} className="flex flex-col gap-2">
      {ordered.map((conflict) => {
        const { text, commands } = words(conflict);
        const key = `${conflict.code}/${'owner' in conflict ? conflict.owner.clusterServiceVersion : ''}${'plan' in conflict ? conflict.plan : ''}`;
        return (
          <Notice
            key={key}
            tone={blocks(conflict) ? 'failed' : 'waiting'}
            title={t(`${conflict.code}.title`)}
          >
            <p>{text}</p>
            {commands && (
              <div className="mt-2">
                <CodeBlock label="kubectl" text={commands} />
              </div>
            )}
            <div className="mt-2.5 flex flex-wrap gap-2 empty:hidden">
              <Cures conflict={conflict} {...scene} />
            </div>
          </Notice>
        );
      })}
    </section>
  );
}

function useConflictWords({ cluster, operator, input }: Scene) {
  const t = useTranslations('install.conflicts');
  const { namespace } = input;
  const { catalog, catalogNamespace } = operator;
  const kubectl = `kubectl --context ${shellQuote(cluster)} -n`;
  return (conflict: InstallConflict): { text: ReactNode; commands?: string } => {
    switch (conflict.code) {
      case 'AlreadySubscribed':
        return { text: t('AlreadySubscribed.text', { namespace, name: conflict.subscription.name }) };
      case 'SeveralOperatorGroups':
        return {
          text: t('SeveralOperatorGroups.text', { namespace, groups: conflict.operatorGroups.join(', ') }),
          commands: conflict.operatorGroups
            .map(
              (name) =>
                `${kubectl} ${shellQuote(namespace)} delete operatorgroups.operators.coreos.com ${shellQuote(name)}\n`,
            )
            .join(''),
        };
      case 'OperatorGroupOfAnotherMode':
        return {
          text:
            conflict.watches.length === 0
              ? t('OperatorGroupOfAnotherMode.textAll', { namespace, group: conflict.operatorGroup })
              : t('OperatorGroupOfAnotherMode.text', {
                  namespace,
                  group: conflict.operatorGroup,
                  watches: conflict.watches.join(', '),
                }),
        };
      case 'ApiAlreadyProvided': {
        const { displayName, clusterServiceVersion, apis, namespace: where } = conflict.owner;
        return {
          text: t('ApiAlreadyProvided.text', {
            name: displayName,
            csv: clusterServiceVersion,
            namespace: where,
            apis: apis.join(', '),
          }),
        };
      }
      case 'CatalogOfAnotherNamespace':
        return { text: t('CatalogOfAnotherNamespace.text', { catalog, namespace: catalogNamespace }) };
      case 'CatalogMissing':
        return { text: t('CatalogMissing.text', { catalog, namespace: catalogNamespace }) };
      case 'CatalogDead':
        return {
          text: t('CatalogDead.text', { catalog, state: conflict.state }),
          commands: `${kubectl} ${shellQuote(catalogNamespace)} get catalogsource,pods -l ${shellQuote(`olm.catalogSource=${catalog}`)}\n${kubectl} ${shellQuote(catalogNamespace)} delete pods -l ${shellQuote(`olm.catalogSource=${catalog}`)}\n`,
        };
      case 'DependencyNotFound':
        return { text: t('DependencyNotFound.text', { apis: conflict.apis.join(', ') }) };
      case 'BecomesManual':
      case 'MakesOthersManual':
        return { text: t(`${conflict.code}.text`, { others: conflict.others.join(', ') }) };
      case 'HeldUpByPlan':
        return {
          text: t('HeldUpByPlan.text', {
            plan: conflict.plan,
            csvs: conflict.clusterServiceVersionNames.join(', '),
          }),
        };
    }
  };
}

function Cures({
  conflict,
  cluster,
  operator,
  input,
  otherNamespace,
  onChange,
}: { conflict: InstallConflict } & Scene) {
  const t = useTranslations('install.conflicts');
  const modes = useTranslations('install.modes');
  const elsewhere = (name: string) =>
    name !== input.namespace && (
      <Button size="small" onClick={() => onChange({ namespace: name })}>
        {t('useNamespace', { name })}
      </Button>
    );
  switch (conflict.code) {
    case 'AlreadySubscribed': {
      const { catalog, catalogNamespace, package: name } = conflict.subscription;
      return (
        <>
          <ButtonLink
            size="small"
            href={addresses.operatorTab(cluster, { catalog, catalogNamespace, name }, 'subscription')}
          >
            {t('openSubscription', { name: conflict.subscription.name })}
          </ButtonLink>
          {elsewhere(otherNamespace)}
        </>
      );
    }
    case 'OperatorGroupOfAnotherMode': {
      const { cure } = conflict;
      return (
        <>
          {cure && (
            <Button
              size="small"
              onClick={() => onChange({ mode: cure.mode, targetNamespaces: cure.targetNamespaces ?? [] })}
            >
              {t('useMode', { mode: modes(`${cure.mode}.label`) })}
            </Button>
          )}
          {elsewhere(otherNamespace)}
        </>
      );
    }
    case 'ApiAlreadyProvided':
      return conflict.owner.operator ? (
        <ButtonLink
          size="small"
          href={addresses.operatorTab(cluster, conflict.owner.operator, 'subscription')}
        >
          {t('openOperator', { name: conflict.owner.displayName })}
        </ButtonLink>
      ) : null;
    case 'CatalogOfAnotherNamespace':
      return elsewhere(operator.catalogNamespace);
    case 'DependencyNotFound': {
      const [first = ''] = conflict.apis;
      return (
        <>
          <ButtonLink
            size="small"
            href={`${addresses.operatorHub(cluster)}?${new URLSearchParams({ q: first.split('.')[0] ?? '' })}`}
          >
            {t('searchHub')}
          </ButtonLink>
          <ButtonLink size="small" href={addresses.packages}>
            {t('uploadPackages')}
          </ButtonLink>
        </>
      );
    }
    case 'BecomesManual':
      return (
        <>
          <Button size="small" onClick={() => onChange({ approval: 'Manual' })}>
            {t('useManual')}
          </Button>
          {elsewhere(otherNamespace)}
        </>
      );
    case 'HeldUpByPlan':
      return (
        <>
          <ButtonLink size="small" href={addresses.plan(cluster, input.namespace, conflict.plan)}>
            {t('reviewPlan')}
          </ButtonLink>
          {elsewhere(otherNamespace)}
        </>
      );
    case 'SeveralOperatorGroups':
    case 'MakesOthersManual':
      return elsewhere(otherNamespace);
    default:
      return null;
  }
}
