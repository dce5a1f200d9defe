'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActionDialog } from '@/components/plugins/action-dialog';
import { useLocalized } from '@/components/plugins/localized';
import { ObstacleList } from '@/components/plugins/obstacles';
import { asksForAcceptance } from '@/components/plugins/risk-notice';
import { UpgradeRunList, type UpgradeRunRow } from '@/components/plugins/upgrade-run-list';
import { Checkbox } from '@/components/ui/checkbox';
import { isFinished, planUpgrades } from '@/lib/plugins/rules/upgrade-run';
import { type SelectedUpgrade, useSelectedUpgrades } from './use-selected-upgrades';
import { useUpgradeRun } from './use-upgrade-run';

/** Confirms the upgrade of several plugins, each to its newest version, and tells how far each is. */
export function UpgradeSelectedDialog({
  cluster,
  names,
  onClose,
}: {
  cluster: string;
  /** As they were selected when the dialog was opened. */
  names: readonly string[];
  onClose: () => void;
}) {
  const t = useTranslations('plugins.batch');
  const localized = useLocalized();
  const [accepted, setAccepted] = useState(false);
  const { steps, start } = useUpgradeRun(cluster);
  const { upgrades, reading } = useSelectedUpgrades(cluster, names);
  // What was confirmed stays as it was, while the plugins themselves change.
  const [confirmed, setConfirmed] = useState<readonly SelectedUpgrade[]>();
  const shown = confirmed ?? upgrades;
  const possible = shown.filter(({ obstacles, asks }) => obstacles.length === 0 && !asks);
  const planned = planUpgrades(
    possible.map(({ plugin, target }) => ({ name: plugin.name, target })),
    cluster,
  );
  const mustAccept = possible.some(({ target }) => asksForAcceptance(target.risk));
  const nameOf = (name: string) =>
    localized(shown.find(({ plugin }) => plugin.name === name)?.plugin.displayName ?? { en: name, zh: name });
  const orderOf = (name: string) => {
    const index = planned.findIndex((one) => one.name === name);
    return index < 0 ? planned.length : index;
  };
  const rows = shown
    .toSorted((a, b) => orderOf(a.plugin.name) - orderOf(b.plugin.name))
    .map(
      ({ plugin, target, obstacles, asks }): UpgradeRunRow => ({
        name: plugin.name,
        displayName: localized(plugin.displayName),
        from: plugin.version,
        to: target.version,
        after: (planned.find(({ name }) => name === plugin.name)?.after ?? []).map(nameOf),
        risk: target.risk,
        leftOut: obstacles.length > 0 ? <ObstacleList obstacles={obstacles} /> : asks ? t('asks') : undefined,
        step: steps.find(({ name }) => name === plugin.name),
      }),
    );
  const done = steps.filter(({ state }) => state === 'done').length;
  return (
    <ActionDialog
      wide
      title={t('title', { count: names.length, cluster })}
      action={t('button')}
      ready={possible.length > 0 && (!mustAccept || accepted)}
      over={steps.length > 0}
      reading={confirmed ? undefined : reading}
      onConfirm={() => {
        setConfirmed(upgrades);
        start(planned);
      }}
      onClose={onClose}
    >
      <p role="status" className="text-muted">
        {steps.length === 0
          ? t('text')
          : t(isFinished(steps) ? 'finished' : 'running', { done, count: steps.length })}
      </p>
      <UpgradeRunList rows={rows} label={t('title', { count: names.length, cluster })} />
      {mustAccept && steps.length === 0 && (
        <Checkbox checked={accepted} onChange={setAccepted} label={t('acceptRisks')} />
      )}
    </ActionDialog>
  );
}
