'use client';

import { CircleArrowUp, SlidersHorizontal, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActionButton } from '@/components/ui/action-button';
import type { PluginRow } from '@/lib/plugins/contract';
import { InstallAction } from './install-action';
import { UninstallDialog } from './uninstall-dialog';
import { UpdateDialog } from './update-dialog';
import { UpgradeDialog } from './upgrade-dialog';
import { usePluginAccess } from './use-plugin-access';

/** The buttons that apply to a plugin on a cluster, and the dialogs that confirm them. */
export function PluginActions({
  cluster,
  plugin,
  compact,
}: {
  cluster: string;
  plugin: PluginRow;
  /** In a row of a table. */
  compact?: boolean;
}) {
  const t = useTranslations('plugins');
  const [dialog, setDialog] = useState<'Upgrade' | 'Update' | 'Uninstall'>();
  const patch = usePluginAccess('patch').reason;
  const remove = usePluginAccess('delete').reason;
  const has = (action: PluginRow['actions'][number]) => plugin.actions.includes(action);
  const size = compact ? 'small' : 'medium';
  const close = () => setDialog(undefined);
  return (
    <>
      {has('Install') && <InstallAction cluster={cluster} plugin={plugin} compact={compact} />}
      {has('Upgrade') && (
        <ActionButton
          variant="primary"
          size={size}
          reason={patch}
          compact={compact}
          onClick={() => setDialog('Upgrade')}
        >
          {!compact && <CircleArrowUp aria-hidden />}
          {t('upgrade')}
        </ActionButton>
      )}
      {has('Update') && (
        <ActionButton size={size} reason={patch} compact={compact} onClick={() => setDialog('Update')}>
          {!compact && <SlidersHorizontal aria-hidden />}
          {t('update')}
        </ActionButton>
      )}
      {has('Uninstall') && (
        <ActionButton
          variant={compact ? 'ghost' : 'secondary'}
          size={size}
          reason={remove}
          compact={compact}
          onClick={() => setDialog('Uninstall')}
        >
          {!compact && <Trash2 aria-hidden />}
          {t('uninstall')}
        </ActionButton>
      )}
      {dialog === 'Upgrade' && <UpgradeDialog cluster={cluster} plugin={plugin} onClose={close} />}
      {dialog === 'Update' && <UpdateDialog cluster={cluster} plugin={plugin} onClose={close} />}
      {dialog === 'Uninstall' && <UninstallDialog cluster={cluster} plugin={plugin} onClose={close} />}
    </>
  );
}
