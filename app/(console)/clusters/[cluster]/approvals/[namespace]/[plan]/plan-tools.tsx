'use client';

import { SquareTerminal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import type { PlanReview } from '@/lib/operators/plan-contract';
import { planCommands } from '@/lib/operators/rules/plan/plan-commands';
import { PlanYaml } from './plan-yaml';

/** The plan as YAML, and the commands that do the same as this page. */
export function PlanTools({ cluster, plan }: { cluster: string; plan: PlanReview }) {
  const t = useTranslations('approvals');
  const common = useTranslations('common');
  const [open, setOpen] = useState<'yaml' | 'kubectl'>();
  const commands = planCommands(cluster, plan);
  const close = () => setOpen(undefined);
  return (
    <>
      <Button onClick={() => setOpen('yaml')}>{t('yaml')}</Button>
      <Button onClick={() => setOpen('kubectl')}>
        <SquareTerminal aria-hidden />
        {t('kubectl')}
      </Button>
      <Dialog
        open={open !== undefined}
        onClose={close}
        title={open === 'yaml' ? t('planYaml') : t('commandsTitle')}
        footer={<Button onClick={close}>{common('close')}</Button>}
      >
        {open === 'yaml' ? (
          <PlanYaml cluster={cluster} plan={plan} label={plan.name} />
        ) : (
          <div className="flex flex-col gap-3">
            <CodeBlock label={t('commandLook')} text={commands.look} />
            {plan.approvable && <CodeBlock label={t('commandApprove')} text={commands.approve} />}
            {plan.cleanable && <CodeBlock label={t('commandCleanUp')} text={commands.cleanUp} />}
            {plan.approvable && <p className="text-small">{t('commandText')}</p>}
          </div>
        )}
      </Dialog>
    </>
  );
}
