'use client';

import { CircleArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActionButton } from '@/components/ui/action-button';
import { UpgradeSelectedDialog } from './upgrade-selected-dialog';
import { usePluginAccess } from './use-plugin-access';

/** The button `Upgrade selected`, and how many plugins it is about. */
export function UpgradeSelected({
  cluster,
  names,
  onDone,
}: {
  cluster: string;
  names: readonly string[];
  /** The dialog was closed; what was selected is no longer. */
  onDone: () => void;
}) {
  const t = useTranslations('plugins.batch');
  const { reason } = usePluginAccess('patch');
  const [asked, setAsked] = useState<readonly string[]>();
  return (
    <div className="ml-auto flex items-center">
      <span className="text-small text-muted not-empty:mr-3" aria-live="polite">
        {names.length > 0 && t('selected', { count: names.length })}
      </span>
      <ActionButton
        size="small"
        compact
        reason={reason}
        disabled={names.length === 0}
        onClick={() => setAsked(names)}
      >
        <CircleArrowUp aria-hidden />
        {t('button')}
      </ActionButton>
      {asked && (
        <UpgradeSelectedDialog
          cluster={cluster}
          names={asked}
          onClose={() => {
            setAsked(undefined);
            onDone();
          }}
        />
      )}
    </div>
  );
}
