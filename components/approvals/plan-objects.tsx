'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CardSection } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { DisclosureButton } from '@/components/ui/disclosure-button';
import type { PlanStepOnWire } from '@/lib/operators/plan-contract';

const PAGE = 50;

/** Every object that a plan creates or changes; opened, it is shown as YAML. */
export function PlanObjects({
  steps,
  total,
  yaml,
}: {
  steps: readonly PlanStepOnWire[];
  total: number;
  /** The YAML of the step of that index. */
  yaml: (index: number) => ReactNode;
}) {
  const t = useTranslations('approvals');
  const rights = useTranslations('approvals.rights');
  const [shown, setShown] = useState(PAGE);
  return (
    <CardSection title={t('objectsTitle')} aside={<Badge>{total}</Badge>} bodyClassName="p-0">
      <p className="px-4 py-3 text-muted">{t('objectsText')}</p>
      <ul className="divide-y divide-line-faint border-t border-line-faint empty:hidden">
        {steps.slice(0, shown).map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is what names a step of a plan
          <ObjectRow key={index} step={step} yaml={() => yaml(index)} />
        ))}
      </ul>
      {shown < steps.length && (
        <div className="border-t border-line-faint px-2 py-1">
          <Button variant="ghost" size="small" onClick={() => setShown(steps.length)}>
            {rights('showAll', { count: steps.length })}
          </Button>
        </div>
      )}
    </CardSection>
  );
}

function ObjectRow({ step, yaml }: { step: PlanStepOnWire; yaml: () => ReactNode }) {
  const t = useTranslations('approvals');
  const id = useId();
  const [open, setOpen] = useState(false);
  const hasYaml = step.content === 'plan' || step.content === 'bundle';
  const name = (
    <span className="min-w-0 flex-1 text-left">
      <span className="font-medium">{step.kind}</span>{' '}
      <span className="name-text text-muted [overflow-wrap:anywhere]">{step.name}</span>
    </span>
  );
  // OLM writes `Unknown` at every step that it has not come to.
  const status = step.status !== 'Unknown' && (
    <span className="shrink-0 text-small text-muted">{step.status}</span>
  );
  if (!hasYaml) {
    return (
      <li className="px-4 py-2 pl-10">
        <div className="flex items-baseline gap-3">
          {name}
          {status}
        </div>
        <p className={cn('text-small', step.content === 'unread' ? 'text-waiting' : 'text-muted')}>
          {step.problem ?? t(`content.${step.content}`)}
        </p>
      </li>
    );
  }
  return (
    <li>
      <DisclosureButton
        open={open}
        controls={id}
        onClick={() => setOpen(!open)}
        className="items-baseline px-4 py-2 focus-visible:outline-offset-[-2px]"
      >
        {name}
        {status}
      </DisclosureButton>
      <div id={id} hidden={!open} className="px-4 pt-1 pb-3">
        {open && yaml()}
      </div>
    </li>
  );
}
