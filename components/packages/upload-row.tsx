'use client';

import { CircleCheck, CircleX, LoaderCircle, Pause, Play, ShieldAlert, ShieldCheck, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PackageSummary } from '@/components/packages/package-summary';
import { ProgressBar } from '@/components/packages/progress-bar';
import { PushedImages } from '@/components/packages/pushed-images';
import { isVerified, type UploadItem } from '@/components/packages/upload-item';
import { useBytes } from '@/components/packages/use-bytes';
import { Verify } from '@/components/packages/verify';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Verification } from '@/lib/packages/contract';

/** One chosen package: how far it is, what is in it, and what can be done about it. */
export function UploadRow({
  item,
  onPause,
  onResume,
  onRemove,
  onVerify,
  onAccept,
}: {
  item: UploadItem;
  onPause: () => void;
  onResume: () => void;
  onRemove: () => void;
  onVerify: (checksum: string) => void;
  onAccept: (accepted: boolean) => void;
}) {
  const t = useTranslations('packages.upload');
  const bytes = useBytes();
  const { stage, fileName, size, acceptUnverified } = item;
  return (
    <li className="flex flex-col gap-3 rounded-control border border-line p-3" aria-label={fileName}>
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0 grow basis-48">
          <p className="name-text font-medium text-ink [overflow-wrap:anywhere]">{fileName}</p>
          <p className="text-small text-faint tabular-nums">
            {stage.name === 'sending'
              ? t('sentOf', { sent: bytes(stage.sent), size: bytes(size) })
              : bytes(size)}
          </p>
        </div>
        <div className="flex items-center gap-1.5">
          <StageBadge stage={stage} />
          {stage.name === 'sending' && (
            <Button
              size="icon"
              variant="ghost"
              aria-label={t(stage.paused ? 'resume' : 'pause', { name: fileName })}
              onClick={stage.paused ? onResume : onPause}
            >
              {stage.paused ? <Play aria-hidden /> : <Pause aria-hidden />}
            </Button>
          )}
          {stage.name !== 'pushing' && stage.name !== 'reading' && (
            <Button
              size="icon"
              variant="ghost"
              aria-label={t('remove', { name: fileName })}
              onClick={onRemove}
            >
              <X aria-hidden />
            </Button>
          )}
        </div>
      </div>
      {stage.name === 'sending' && (
        <ProgressBar label={t('sending', { name: fileName })} value={stage.sent} max={size} />
      )}
      {stage.name === 'refused' && (
        <Notice tone="failed" title={t('refusedTitle')}>
          {stage.reason}
        </Notice>
      )}
      {'summary' in stage && stage.name !== 'pushing' && <PackageSummary summary={stage.summary} />}
      {(stage.name === 'ready' || stage.name === 'stopped') && !isVerified(stage.verification) && (
        <Verify accepted={acceptUnverified} onVerify={onVerify} onAccept={onAccept} />
      )}
      {stage.name === 'stopped' && (
        <Notice tone="failed" title={t('stoppedTitle')}>
          <p>{stage.reason}</p>
          <p>{t('stoppedText')}</p>
        </Notice>
      )}
      {stage.name === 'pushing' && <PushedImages progress={stage.progress} />}
      {stage.name === 'pushed' && (
        <Notice tone="good" title={t('pushedTitle')}>
          <p>{t(`pushedText.${stage.summary.type}`)}</p>
        </Notice>
      )}
    </li>
  );
}

function StageBadge({ stage }: { stage: UploadItem['stage'] }) {
  const t = useTranslations('packages.upload.stage');
  switch (stage.name) {
    case 'refused':
      return (
        <Badge tone="failed" icon={CircleX}>
          {t('refused')}
        </Badge>
      );
    case 'sending':
    case 'reading':
    case 'pushing':
      return (
        <Badge tone="accent" icon={LoaderCircle} spinning>
          {t(stage.name === 'sending' && stage.paused ? 'paused' : stage.name)}
        </Badge>
      );
    case 'stopped':
      return (
        <Badge tone="failed" icon={CircleX}>
          {t('stopped')}
        </Badge>
      );
    case 'pushed':
      return (
        <Badge tone="good" icon={CircleCheck}>
          {t('pushed')}
        </Badge>
      );
    default:
      return <VerificationBadge verification={stage.verification} />;
  }
}

function VerificationBadge({ verification }: { verification: Verification }) {
  const t = useTranslations('packages.upload.verified');
  const isGood = isVerified(verification);
  return (
    <Badge tone={isGood ? 'good' : 'waiting'} icon={isGood ? ShieldCheck : ShieldAlert}>
      {t(verification.outcome)}
    </Badge>
  );
}
