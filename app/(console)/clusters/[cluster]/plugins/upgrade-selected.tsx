'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RunNotes } from '@/app/(console)/run-notes';
import { useStartUpgrade } from '@/app/(console)/use-upgrade-run';
import type { PlacedComponent } from '@/components/features/feature-rows';
import { PreflightDialog } from '@/components/features/preflight-dialog';
import { useProblemWords } from '@/components/plugins/words';
import { ActionButton } from '@/components/ui/action-button';
import { componentsQuery } from '@/lib/clusters/features-queries';
import { usePluginAccess } from './use-plugin-access';

/** The button `Upgrade selected`, and how many plugins it is about: they are upgraded as a run of the cluster. */
export function UpgradeSelected({
  cluster,
  names,
  onStart,
}: {
  cluster: string;
  names: readonly string[];
  /** What was selected is no longer. */
  onStart: () => void;
}) {
  const t = useTranslations('features');
  const problemWords = useProblemWords();
  const { reason } = usePluginAccess('patch');
  const start = useStartUpgrade();
  const { data, error } = useQuery({
    ...componentsQuery(cluster, { kind: 'plugin' }),
    enabled: names.length > 0,
  });
  const [chosen, setChosen] = useState<readonly PlacedComponent[]>([]);
  const unread = error && !data ? problemWords(error) : undefined;
  const choose = () =>
    setChosen(
      (data?.items ?? []).filter(({ name }) => names.includes(name)).map((item) => ({ ...item, cluster })),
    );
  return (
    <div className="ml-auto flex items-center">
      <span className="text-small text-muted not-empty:mr-3" aria-live="polite">
        {names.length > 0 && t('selected', { count: names.length })}
      </span>
      <ActionButton
        size="small"
        compact
        reason={reason ?? unread}
        disabled={names.length === 0 || !data}
        onClick={choose}
      >
        <CircleArrowUp aria-hidden />
        {t('upgradeSelected')}
      </ActionButton>
      <PreflightDialog
        chosen={chosen}
        action={t('upgradeSelected')}
        notes={(one) => <RunNotes cluster={one} />}
        onClose={() => setChosen([])}
        onConfirm={(possible) => {
          start(cluster, possible);
          setChosen([]);
          onStart();
        }}
      />
    </div>
  );
}
