import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { RadioGroup } from '@/components/ui/radio-group';
import type { ApprovalStrategy, InstallMode, OperatorChannel } from '@/lib/operators/contract';
import { supportsMode } from '@/lib/operators/rules/install-modes';

// The product document recommends the cluster-wide mode; the one that watches its own namespace comes last.
const modes: readonly InstallMode[] = ['AllNamespaces', 'SingleNamespace', 'MultiNamespace', 'OwnNamespace'];
const strategies: readonly ApprovalStrategy[] = ['Manual', 'Automatic'];

/** Which namespaces the operator watches; what its version does not support can't be chosen. */
export function InstallModeField({
  channel,
  value,
  error,
  onChange,
}: {
  channel: OperatorChannel | undefined;
  value: InstallMode;
  error: string | undefined;
  onChange: (mode: InstallMode) => void;
}) {
  const t = useTranslations('install');
  return (
    <RadioGroup
      label={t('mode')}
      value={value}
      onChange={onChange}
      error={<ChoiceError text={error} />}
      options={modes.map((mode) => ({
        value: mode,
        label: t(`modes.${mode}.label`),
        hint: (
          <>
            {t(`modes.${mode}.hint`)} {mode === 'AllNamespaces' ? t('recommended') : t('advisedAgainst')}
          </>
        ),
        disabledReason: channel && !supportsMode(channel, mode) ? t('modeNotSupported') : undefined,
      }))}
    />
  );
}

/** Who lets upgrades happen. */
export function ApprovalStrategyField({
  manualOnly,
  older,
  newest,
  value,
  error,
  onChange,
}: {
  manualOnly: boolean;
  older: boolean;
  newest: string;
  value: ApprovalStrategy;
  error: string | undefined;
  onChange: (approval: ApprovalStrategy) => void;
}) {
  const t = useTranslations('install');
  const automaticDisabled = manualOnly ? t('manualOnly') : older ? t('olderIsManual', { newest }) : undefined;
  return (
    <RadioGroup
      label={t('approval')}
      value={value}
      onChange={onChange}
      error={<ChoiceError text={error} />}
      options={strategies.map((strategy) => ({
        value: strategy,
        label: t(`strategies.${strategy}.label`),
        hint: t(`strategies.${strategy}.hint`),
        disabledReason: strategy === 'Automatic' ? automaticDisabled : undefined,
      }))}
    />
  );
}

function ChoiceError({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p role="alert" className="flex items-start gap-1.5 text-small text-failed">
      <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      {text}
    </p>
  );
}
