'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { InstanceList } from '@/components/operators/uninstall/instance-list';
import { LossList } from '@/components/operators/uninstall/loss-list';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { PartialNotice } from '@/components/ui/partial-notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { TypedConfirmation } from '@/components/ui/typed-confirmation';
import type { Uninstallation } from '@/lib/operators/uninstall-contract';

/** Tells what goes, what stays and what is lost, and asks once more. */
export function UninstallDialog({
  open,
  onClose,
  cluster,
  displayName,
  typedName,
  chooser,
  review,
  error,
  retry,
  missing,
  instancesReason,
  onConfirm,
}: {
  open: boolean;
  onClose: () => void;
  cluster: string;
  displayName: string;
  /** The name that has to be typed, on the global cluster. */
  typedName: string | undefined;
  /** Which of several Subscriptions, where there are several. */
  chooser?: ReactNode;
  review: Uninstallation | undefined;
  error: Error | null;
  retry: () => void;
  /** The missing permission to uninstall. */
  missing: string | undefined;
  /** The missing permission to delete instances. */
  instancesReason: string | undefined;
  onConfirm: (review: Uninstallation, options: { deleteInstances: boolean }) => void;
}) {
  const t = useTranslations('uninstall');
  const common = useTranslations('common');
  const [deleteInstances, setDeleteInstances] = useState(false);
  const [typed, setTyped] = useState('');
  const instances = review?.apis.flatMap((api) => api.instances) ?? [];
  const confirmed = typedName === undefined || [typedName, displayName].includes(typed.trim());
  const reason = review && whyNot(review, instancesReason, t);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('dialogTitle', { name: displayName, cluster })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            variant="primary"
            disabled={!review || !confirmed || missing !== undefined}
            onClick={() =>
              review && onConfirm(review, { deleteInstances: deleteInstances && reason === undefined })
            }
          >
            {t('uninstall')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-1">
        {chooser}
        {missing !== undefined && <Notice tone="waiting">{missing}</Notice>}
        {!review && !error && (
          <div aria-busy="true">
            <SkeletonRows />
          </div>
        )}
        {!review && error && <ErrorState error={error} retry={retry} />}
        {review && (
          <>
            <p>{t('dialogText', { namespace: review.namespace })}</p>
            <GoingList review={review} />
            {review.partial.length > 0 && <PartialNotice partial={review.partial} />}
            {review.uninstallMessage && (
              <Notice tone="info" title={t('authorSays')}>
                <p className="whitespace-pre-line">{review.uninstallMessage}</p>
              </Notice>
            )}
            <LossList losses={review.losses} />
            <InstanceList apis={review.apis} />
            {instances.length > 0 && (
              <InstanceChoice
                count={instances.length}
                reason={reason}
                checked={deleteInstances && reason === undefined}
                onChange={setDeleteInstances}
              />
            )}
            <p className="text-small">{t('leftoversLater')}</p>
            {typedName !== undefined && (
              <TypedConfirmation
                label={t('typeName', { name: typedName })}
                value={typed}
                onChange={setTyped}
              />
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Exactly the objects that the confirming button deletes. */
function GoingList({ review }: { review: Uninstallation }) {
  const going = [
    ...(review.subscription ? [{ kind: 'Subscription', name: review.subscription.name }] : []),
    ...review.clusterServiceVersions.map(({ name }) => ({ kind: 'ClusterServiceVersion', name })),
  ];
  return (
    <ul className="flex flex-col gap-1 rounded-control border border-line-faint bg-subtle px-3 py-2 text-ink">
      {going.map(({ kind, name }) => (
        <li key={`${kind}/${name}`} className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-muted">{kind}</span>
          <span className="name-text [overflow-wrap:anywhere]">{name}</span>
        </li>
      ))}
    </ul>
  );
}

function InstanceChoice({
  count,
  reason,
  checked,
  onChange,
}: {
  count: number;
  reason: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const t = useTranslations('uninstall');
  const id = useId();
  return (
    <div className="flex flex-col gap-0.5">
      <Checkbox
        checked={checked}
        onChange={onChange}
        disabled={reason !== undefined}
        describedBy={id}
        wrap
        label={<span className="text-ink">{t('deleteInstances', { count })}</span>}
      />
      <p id={id} className="pl-6.5 text-small">
        {reason ?? t('deleteInstancesHelp')}
      </p>
    </div>
  );
}

/** Why instances can not be deleted from here. */
function whyNot(
  { apis, instanceDeletionDisabled }: Uninstallation,
  missing: string | undefined,
  t: ReturnType<typeof useTranslations<'uninstall'>>,
): string | undefined {
  if (instanceDeletionDisabled) return t('deletionDisabled');
  if (missing !== undefined) return missing;
  const partly = apis.filter(({ complete }) => !complete).map(({ kind }) => kind);
  return partly.length > 0 ? t('deletionPartly', { kinds: partly.join(', ') }) : undefined;
}
