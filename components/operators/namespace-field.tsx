import { useTranslations } from 'next-intl';
import { Combobox } from '@/components/ui/combobox';
import { describedBy, Field } from '@/components/ui/field';
import type { InstallNamespace } from '@/lib/operators/install-contract';

/** Where the operator runs: a namespace that exists, or a new one. */
export function NamespaceField({
  value,
  namespaces,
  hidden,
  suggested,
  invalid,
  error,
  onChange,
}: {
  value: string;
  namespaces: readonly InstallNamespace[];
  /** The user may not list namespaces, so nothing can be said of the one that is typed. */
  hidden: boolean;
  suggested: string;
  /** Something stands in the way there, which is told by a notice of its own. */
  invalid: boolean;
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
    return t('namespaceShared', { others });
  };
  return (
    <Field id="namespace" label={t('namespace')} help={!error && help()} error={error}>
      <Combobox
        id="namespace"
        value={value}
        onChange={(name) => onChange(name.trim())}
        options={options}
        invalid={invalid || error !== undefined}
        describedBy={describedBy('namespace', error, !error)}
        note={(name) => {
          if (!names.includes(name)) return t(name === suggested ? 'suggestedNew' : 'willBeCreated');
          if (name === suggested) return t('suggested');
          const count = namespaces.find((one) => one.name === name)?.subscriptions.length ?? 0;
          return count > 0 ? t('subscriptionsThere', { count }) : undefined;
        }}
      />
    </Field>
  );
}
