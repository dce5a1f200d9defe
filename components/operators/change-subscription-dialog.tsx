'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ChangeEffects } from '@/components/operators/change-effects';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { RadioGroup } from '@/components/ui/radio-group';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { SubscriptionChange } from '@/lib/operators/change-contract';
import type { ApprovalStrategy, Operator, Subscription } from '@/lib/operators/contract';

/** Channel and approval strategy of one Subscription, and what a change of them will do. */
export function ChangeSubscriptionDialog({
  open,
  onClose,
  cluster,
  operator,
  subscription,
  chooser,
  draft,
  onDraft,
  preview,
  error,
  busy,
  onConfirm,
}: {
  open: boolean;
  onClose: () => void;
  cluster: string;
  operator: Operator;
  subscription: Subscription;
  chooser?: ReactNode;
  draft: { channel: string; approval: ApprovalStrategy };
  onDraft: (part: Partial<{ channel: string; approval: ApprovalStrategy }>) => void;
  /** What the cluster says the change would do; undefined while it is asked. */
  preview: SubscriptionChange | undefined;
  /** Why the cluster would refuse it, or refused it. */
  error: Error | null;
  busy: boolean;
  onConfirm: () => void;
}) {
  const t = useTranslations('changeSubscription');
  const strategies = useTranslations('install.strategies');
  const common = useTranslations('common');
  const changed = draft.channel !== subscription.channel || draft.approval !== subscription.approval;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('title', { name: operator.displayName, cluster })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={!changed || busy || error !== null} onClick={onConfirm}>
            {busy && <LoaderCircle aria-hidden className="animate-spin" />}
            {t('button')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-1">
        {chooser}
        <p>
          {subscription.installedVersion
            ? t('runs', { version: subscription.installedVersion, namespace: subscription.namespace })
            : t('runsNothing', { namespace: subscription.namespace })}
        </p>
        <RadioGroup
          label={t('channel')}
          value={draft.channel}
          onChange={(channel) => onDraft({ channel })}
          options={operator.channels.map(({ name, version, deprecation }) => ({
            value: name,
            label: name,
            hint: deprecation === undefined ? t('head', { version }) : t('headDeprecated', { version }),
          }))}
        />
        <RadioGroup
          label={t('approval')}
          value={draft.approval}
          onChange={(approval) => onDraft({ approval })}
          options={(['Manual', 'Automatic'] as const).map((value) => ({
            value,
            label: strategies(`${value}.label`),
            hint: t(`hint.${value}`),
            disabledReason:
              value === 'Automatic' && operator.manualApprovalOnly ? t('automaticRefused') : undefined,
          }))}
        />
        <section aria-label={t('effects')} aria-live="polite" aria-busy={changed && !preview && !error}>
          <h3 className="mb-1.5 font-medium text-ink">{t('effects')}</h3>
          {!changed && <p>{t('nothingYet')}</p>}
          {changed && preview && <ChangeEffects effects={preview.effects} />}
          {changed && !preview && !error && <SkeletonRows />}
          {error && (
            <Notice tone="failed" title={t('refused')}>
              {problemOf(error)?.detail ?? common('unknownError')}
            </Notice>
          )}
        </section>
      </div>
    </Dialog>
  );
}
