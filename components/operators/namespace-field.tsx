import { useTranslations } from 'next-intl';
import { Combobox } from '@/components/ui/combobox';
import { describedBy, Field } from '@/components/ui/field';
import type { ApprovalStrategy, InstallNamespace } from '@/lib/operators/contract';

/** Where the operator runs: a namespace that exists, or a new one. */
export function NamespaceField({
  value,
  namespaces,
  hidden,
  suggested,
  approval,
  error,
  onChange,
}: {
  value: string;
  namespaces: readonly InstallNamespace[];
  /** The user may not list namespaces, so nothing can be said of the one that is typed. */
  hidden: boolean;
  suggested: string;
  approval: ApprovalStrategy;
  error: string | undefined;
  onChange: (name: string) => void;
}) {
  const t = useTranslations('install');
  const existing = namespaces.find(({ name }) => name === value);
  const names = namespaces.map(({ name }) => name);
  const options = names.includes(suggested) ? names : [suggested, ...names];
  const neighbours = existing?.subscriptions ?? [];
  const help = () => {
    if (hidden) return t('namespaceUnknown');
    if (!existing) return t('namespaceNew');
    if (neighbours.length === 0) return t('namespaceExists');
    const others = neighbours.map((subscription) => subscription.package).join(', ');
    const held =
      approval === 'Automatic' && neighbours.some((subscription) => subscription.approval === 'Manual');
    return held ? t('namespaceHeld', { others }) : t('namespaceShared', { others });
  };
  return (
    <Field id="namespace" label={t('namespace')} help={!error && help()} error={error}>
      <Combobox
        id="namespace"
        value={value}
        onChange={(name) => onChange(name.trim())}
        options={options}
        invalid={error !== undefined}
        describedBy={describedBy('namespace', error, !error)}
        note={(name) => {
          if (!names.includes(name)) return t('willBeCreated');
          const count = namespaces.find((one) => one.name === name)?.subscriptions.length ?? 0;
          return count > 0 ? t('subscriptionsThere', { count }) : undefined;
        }}
      />
    </Field>
  );
}
