'use client';

import { Layers, ListOrdered, TriangleAlert, Unplug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { type PlacedComponent, placedKey } from '@/components/features/feature-rows';
import { VersionStep } from '@/components/operators/operator-card';
import { useLocalized } from '@/components/plugins/localized';
import { asksForAcceptance } from '@/components/plugins/risk-notice';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';

/**
 * Asks once more before components are upgraded: their order, what their plans carry, what they need, and the risks to
 * accept.
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
  /** What else is to be known, such as that the run can't be stored. */
  notes: readonly string[];
  onClose: () => void;
  onConfirm: () => void;
}) {
  const t = useTranslations('features');
  const common = useTranslations('common');
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const clusters = [...new Set(chosen.map(({ cluster }) => cluster))];
  const risky = chosen.filter(({ risk }) => risk && asksForAcceptance(risk));
  const missing = chosen.some((component) => missingNeeds(component, chosen).length > 0);
  const ready = !missing && risky.every((component) => accepted.has(placedKey(component)));
  return (
    <Dialog
      open={chosen.length > 0}
      wide
      onClose={onClose}
      title={t('dialog', { count: chosen.length, clusters: clusters.join(', ') })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            variant="primary"
            disabled={!ready}
            onClick={() => {
              setAccepted(new Set());
              onConfirm();
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{t('dialogText')}</p>
        {notes.map((note) => (
          <Notice key={note} tone="waiting">
            {note}
          </Notice>
        ))}
        <ul className="flex max-h-100 flex-col divide-y divide-line-faint overflow-y-auto rounded-control border border-line">
          {chosen.map((component) => (
            <ChosenRow
              key={placedKey(component)}
              component={component}
              chosen={chosen}
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

function ChosenRow({
  component,
  chosen,
  showCluster,
  accepted,
  onAccept,
}: {
  component: PlacedComponent;
  chosen: readonly PlacedComponent[];
  showCluster: boolean;
  accepted: boolean;
  onAccept: (accepted: boolean) => void;
}) {
  const t = useTranslations('features');
  const localized = useLocalized();
  const { cluster, kind, namespace, displayName, from, to, risk, sharedWith, deadCatalog } = component;
  const name = localized(displayName);
  const after = component.after.filter((other) => isChosen(component, other, chosen));
  const missing = missingNeeds(component, chosen);
  const place = [showCluster && cluster, t(kind), namespace].filter(Boolean).join(' · ');
  return (
    <li className="flex flex-col gap-1 px-3 py-2 text-ink">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0">
          <span className="font-medium [overflow-wrap:anywhere]">{name}</span>{' '}
          <span className="text-small text-faint">{place}</span>
        </span>
        <VersionStep from={from} to={to} />
      </div>
      {after.length > 0 && (
        <Fact icon={<ListOrdered aria-hidden />}>{t('comesAfter', { names: after.join(', ') })}</Fact>
      )}
      {sharedWith.length > 0 && (
        <Fact icon={<Layers aria-hidden />}>{t('sharedWith', { names: sharedWith.join(', ') })}</Fact>
      )}
      {deadCatalog && <Fact icon={<Unplug aria-hidden />}>{t('deadCatalog', { catalog: deadCatalog })}</Fact>}
      {missing.length > 0 && (
        <Fact icon={<TriangleAlert aria-hidden className="text-failed" />}>
          <span className="text-failed">{t('needsMissing', { names: missing.join(', ') })}</span>
        </Fact>
      )}
      {risk && asksForAcceptance(risk) && (
        <Checkbox
          wrap
          checked={accepted}
          onChange={onAccept}
          label={t('accept', { name, text: localized(risk.text) })}
        />
      )}
    </li>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-start gap-1.5 text-small text-muted [&_svg]:mt-0.5 [&_svg]:size-3.5 [&_svg]:shrink-0">
      {icon}
      <span className="[overflow-wrap:anywhere]">{children}</span>
    </p>
  );
}

function isChosen({ cluster }: PlacedComponent, plugin: string, chosen: readonly PlacedComponent[]): boolean {
  return chosen.some(
    (other) => other.cluster === cluster && other.kind === 'plugin' && other.name === plugin,
  );
}

function missingNeeds(component: PlacedComponent, chosen: readonly PlacedComponent[]): string[] {
  return component.needs.filter((name) => !isChosen(component, name, chosen));
}

function toggled(known: ReadonlySet<string>, key: string, member: boolean): ReadonlySet<string> {
  const next = new Set(known);
  if (member) next.add(key);
  else next.delete(key);
  return next;
}
