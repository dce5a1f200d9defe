'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActionButton } from '@/components/ui/action-button';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { announce } from '@/components/ui/toast';
import { TypedConfirmation } from '@/components/ui/typed-confirmation';
import { clustersQuery } from '@/lib/clusters/queries';
import type { CureAction, InstallationRef } from '@/lib/operators/diagnosis-contract';
import { cureInstallation } from '@/lib/operators/diagnosis-queries';
import { installPlansQuery, operatorsQuery } from '@/lib/operators/queries';
import { useAccess } from './use-access';

/** The button of a cure, with the dialog that says what it writes. */
export function CureButton({
  cluster,
  installation,
  action,
}: {
  cluster: string;
  installation: InstallationRef;
  action: CureAction;
}) {
  const t = useTranslations('diagnosis');
  const common = useTranslations('common');
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const { reason, pending } = useAccess(
    cluster,
    action.changes.map(({ verb, group, resource, namespace }) => ({ verb, group, resource, namespace })),
  );
  const { data: clusters } = useQuery(clustersQuery());
  const destroys = action.changes.some(({ verb }) => verb === 'delete');
  // On the global cluster the name is typed before anything is deleted.
  const typing = destroys && clusters?.items.find(({ name }) => name === cluster)?.global === true;
  const label = t(`action.${action.id}`, action.values);
  const cure = useMutation({
    mutationFn: () => cureInstallation(cluster, installation, { id: action.id, target: action.target }),
    onSuccess: () => {
      setOpen(false);
      announce(t('done', { action: label }));
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: installPlansQuery(cluster).queryKey }),
        client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey }),
      ]),
  });
  const close = () => setOpen(false);
  const { watches } = action.values;
  return (
    <>
      <ActionButton
        variant={action.safe ? 'primary' : 'secondary'}
        reason={reason}
        start
        disabled={pending}
        onClick={() => {
          cure.reset();
          setTyped('');
          setOpen(true);
        }}
      >
        {label}
      </ActionButton>
      <Dialog
        open={open}
        onClose={close}
        title={t('confirmTitle', { action: label, cluster })}
        footer={
          <>
            <Button onClick={close}>{common('cancel')}</Button>
            <Button
              variant="primary"
              disabled={cure.isPending || (typing && typed !== action.target)}
              onClick={() => cure.mutate()}
            >
              {cure.isPending && <LoaderCircle aria-hidden className="animate-spin" />}
              {label}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <p>{t('confirmText')}</p>
          <ul className="flex list-disc flex-col gap-1 pl-5 text-ink">
            {action.changes.map(({ verb, kind, namespace, name }) => (
              <li key={[verb, kind, name].join()} className="[overflow-wrap:anywhere]">
                {t(`change.${verb}`, { kind, name, namespace })}
              </li>
            ))}
          </ul>
          {watches !== undefined && <p>{watches ? t('watches', { watches }) : t('watchesAll')}</p>}
          {typing && (
            <TypedConfirmation
              label={t('typeName', { name: action.target })}
              value={typed}
              onChange={setTyped}
            />
          )}
          {cure.error && (
            <Notice tone="failed" title={t('notDone')}>
              <span className="whitespace-pre-wrap">
                {problemOf(cure.error)?.detail ?? common('unknownError')}
              </span>
            </Notice>
          )}
        </div>
      </Dialog>
    </>
  );
}
