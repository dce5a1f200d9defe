'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyableName } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { Tabs } from '@/components/ui/tabs';
import { type ToolSystem, toolCommands, toolSystems } from '@/lib/packages/rules/commands';

/** Where to get `violet`, how to see that it came whole, and how to install it on each system. */
export function ToolDialog({
  href,
  checksumHref,
  checksum,
  onClose,
}: {
  href: string;
  checksumHref: string;
  /** SHA-256 of the tool; undefined while it is asked for. */
  checksum: string | undefined;
  onClose: () => void;
}) {
  const t = useTranslations('packages.tool');
  const common = useTranslations('common');
  const [system, setSystem] = useState<ToolSystem>('linux-x86');
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('title')}
      footer={<Button onClick={onClose}>{common('close')}</Button>}
    >
      <div className="flex flex-col gap-4">
        <p>{t('text')}</p>
        <Notice tone="info" title={t('nodeTitle')}>
          {t('nodeText')}
        </Notice>
        <div className="flex flex-wrap gap-2">
          <a href={href} download className={buttonClass({ variant: 'primary' })}>
            <Download aria-hidden />
            {t('download')}
          </a>
          <a href={checksumHref} download className={buttonClass()}>
            {t('downloadChecksum')}
          </a>
        </div>
        {checksum && (
          <p className="text-small">
            SHA-256 <CopyableName name={checksum} what="SHA-256" />
          </p>
        )}
        <Tabs
          value={system}
          onChange={setSystem}
          label={t('systems')}
          items={toolSystems.map((value) => ({
            value,
            label: t(`system.${value}`),
            content: <Steps system={value} />,
          }))}
        />
      </div>
    </Dialog>
  );
}

function Steps({ system }: { system: ToolSystem }) {
  const t = useTranslations('packages.tool');
  const { check, user, root, run } = toolCommands(system);
  return (
    <ol className="flex list-decimal flex-col gap-3 pl-5 marker:text-faint">
      <li>
        <p className="mb-1.5">{t(system === 'windows' ? 'checkWindows' : 'check')}</p>
        <CodeBlock label={t('checkLabel')} text={check} />
      </li>
      <li>
        <div className="flex flex-col gap-1.5">
          <p>{t(system === 'windows' ? 'installWindows' : 'install')}</p>
          {user && <CodeBlock label={t(root ? 'asUser' : 'inPowerShell')} text={user} />}
          {root && <CodeBlock label={t('asRoot')} text={root} />}
        </div>
      </li>
      <li>
        <p className="mb-1.5">{t(system === 'windows' ? 'runWindows' : 'run')}</p>
        <CodeBlock label={t('runLabel')} text={run} />
      </li>
    </ol>
  );
}
