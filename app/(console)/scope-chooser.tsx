'use client';

import { useQuery } from '@tanstack/react-query';
import { FolderLock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { EmptyState } from '@/components/ui/empty-state';
import { describedBy, Field } from '@/components/ui/field';
import { problemOf } from '@/components/ui/problem-of';
import { namespaceNameSchema } from '@/lib/http/names';
import { installNamespacesQuery } from '@/lib/operators/queries';
import { NamespaceLiveEvents } from './namespace-live-events';
import { forgetNamespace, lastNamespace, type UsedScope } from './use-scope';

/**
 * In place of a page that the user may not read for the whole cluster: asks for the namespace that they may. One that
 * was named before is taken without asking.
 */
export function ScopeChooser({ cluster, used, error }: { cluster: string; used: UsedScope; error: unknown }) {
  const t = useTranslations('scope');
  const id = useId();
  const [text, setText] = useState('');
  const [invalid, setInvalid] = useState<string>();
  const { data } = useQuery(installNamespacesQuery(cluster));
  const { setNamespace } = used;
  useEffect(() => {
    const last = lastNamespace(cluster);
    if (last) setNamespace(last);
  }, [cluster, setNamespace]);
  const choose = () => {
    const namespace = namespaceNameSchema.safeParse(text.trim());
    if (namespace.success) setNamespace(namespace.data);
    else setInvalid(t('invalid'));
  };
  return (
    <EmptyState icon={FolderLock} title={t('title', { cluster })}>
      <p>{t('text')}</p>
      <form
        className="mx-auto mt-4 flex w-full max-w-90 flex-col gap-3 text-left"
        onSubmit={(event) => {
          event.preventDefault();
          choose();
        }}
      >
        <Field id={id} label={t('namespace')} error={invalid}>
          <Combobox
            id={id}
            value={text}
            onChange={(value) => {
              setText(value);
              setInvalid(undefined);
            }}
            options={data?.items.map(({ name }) => name) ?? []}
            invalid={invalid !== undefined}
            describedBy={describedBy(id, invalid)}
          />
        </Field>
        <Button type="submit" variant="primary">
          {t('show')}
        </Button>
      </form>
      <p className="mt-4 text-small [overflow-wrap:anywhere]">{problemOf(error)?.detail}</p>
    </EmptyState>
  );
}

/** Says that a page shows one namespace only, and leads out of it; keeps it live for who may watch no more. */
export function ScopeBar({ cluster, used }: { cluster: string; used: UsedScope }) {
  const t = useTranslations('scope');
  const { namespace } = used.scope;
  if (!namespace) return null;
  return (
    <div className="mb-4 flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line bg-subtle px-4 py-1.5">
      <NamespaceLiveEvents cluster={cluster} namespace={namespace} />
      <FolderLock aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="[overflow-wrap:anywhere]">{t('only', { namespace })}</span>
      <Button
        variant="ghost"
        size="small"
        className="ml-auto"
        onClick={() => {
          forgetNamespace(cluster);
          used.setNamespace(null);
        }}
      >
        {t('change')}
      </Button>
    </div>
  );
}
