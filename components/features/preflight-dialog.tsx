'use client';

import { useTranslations } from 'next-intl';
import { Fragment, type ReactNode, useState } from 'react';
import { ChosenRow, missingNeeds } from '@/components/features/chosen-row';
import { type PlacedComponent, placedKey } from '@/components/features/feature-rows';
import { asksForAcceptance } from '@/components/plugins/risk-notice';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { inOrder } from '@/lib/clusters/rules/features/order';

/**
 * Asks once more before components are upgraded, in the order in which that happens: what their plans carry, what they
 * need, what is left out, and the risks to accept.
 */
export function PreflightDialog({
  chosen,
  action,
  notes,
  onClose,
  onConfirm,
}: {
  /** As they were when the dialog opened; none while it is closed. */
  chosen: readonly PlacedComponent[];
  /** Name of the button that opened the dialog, and of the one that confirms it. */
  action: string;
  /** What else is to be known of a cluster's run, such as that it can't be stored. */
  notes: (cluster: string) => ReactNode;
  onClose: () => void;
  /** Given what is upgraded: the chosen ones without those that are left out. */
  onConfirm: (possible: PlacedComponent[]) => void;
}) {
  const t = useTranslations('features');
  const common = useTranslations('common');
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const clusters = [...new Set(chosen.map(({ cluster }) => cluster))];
  const possible = chosen.filter(({ selectable }) => selectable);
  const risky = possible.filter(({ risk }) => risk && asksForAcceptance(risk));
  const missing = possible.some((component) => missingNeeds(component, possible).length > 0);
  const ready =
    possible.length > 0 && !missing && risky.every((component) => accepted.has(placedKey(component)));
  return (
    <Dialog
      open={chosen.length > 0}
      wide
      onClose={onClose}
      title={t('dialog', { count: possible.length, clusters: clusters.join(', ') })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            variant="primary"
            disabled={!ready}
            onClick={() => {
              setAccepted(new Set());
              onConfirm(possible);
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{t('dialogText')}</p>
        {clusters.map((cluster) => (
          <Fragment key={cluster}>{notes(cluster)}</Fragment>
        ))}
        <ul className="flex max-h-100 flex-col divide-y divide-line-faint overflow-y-auto rounded-control border border-line">
          {clusters
            .flatMap((cluster) => inOrder(chosen.filter((one) => one.cluster === cluster)))
            .map((component) => (
              <ChosenRow
                key={placedKey(component)}
                component={component}
                chosen={possible}
                showCluster={clusters.length > 1}
                accepted={accepted.has(placedKey(component))}
                onAccept={(yes) => setAccepted((known) => toggled(known, placedKey(component), yes))}
              />
            ))}
        </ul>
      </div>
    </Dialog>
  );
}

function toggled(known: ReadonlySet<string>, key: string, member: boolean): ReadonlySet<string> {
  const next = new Set(known);
  if (member) next.add(key);
  else next.delete(key);
  return next;
}
