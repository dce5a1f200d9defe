'use client';

import { LoaderCircle, Upload } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { ButtonLink } from '@/components/ui/button-link';
import { CardSection } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyableName } from '@/components/ui/copy-button';
import { KeyValues } from '@/components/ui/key-values';
import { Notice } from '@/components/ui/notice';
import type { Operator } from '@/lib/operators/contract';
import { packageFile, pushCommand } from '@/lib/operators/rules/violet';

/** The platform takes 10 to 15 minutes; after this it is worth a look. */
const LATE_MS = 20 * 60_000;

/** What to do about an operator that is known and not uploaded: get its package, upload it, wait. */
export function AbsentGuide({
  cluster,
  operator,
  user,
}: {
  cluster: string;
  operator: Operator;
  user: string;
}) {
  const t = useTranslations('operators.absent');
  const { absent, name } = operator;
  if (!absent) return null;
  const upload = (
    <ButtonLink href={`${addresses.packages}?tab=operator`} icon={<Upload aria-hidden />}>
      {t('upload')}
    </ButtonLink>
  );
  return (
    <div className="mb-5 flex flex-col gap-3">
      {absent.failure && (
        <Notice tone="failed" title={t('failedTitle')} action={upload}>
          {absent.failure}
        </Notice>
      )}
      {absent.synchronisingSince && <Synchronising since={absent.synchronisingSince} action={upload} />}
      {!absent.synchronisingSince && (
        <CardSection
          title={t('title')}
          aside={upload}
          bodyClassName="grid gap-6 lg:grid-cols-[minmax(0,1fr)_280px]"
        >
          <div className="flex min-w-0 flex-col gap-4">
            <p className="text-muted">{t('text', { cluster })}</p>
            <ol className="flex flex-col gap-4">
              <Step number={1} title={t('step1')}>
                {t('step1Text')}
              </Step>
              <Step number={2} title={t('step2')}>
                <p className="mb-2">{t('step2Text')}</p>
                <CodeBlock label={t('command')} text={pushCommand(operator, { cluster, user })} />
              </Step>
              <Step number={3} title={t('step3')}>
                {t('step3Text')}
              </Step>
            </ol>
          </div>
          <KeyValues
            items={[
              { key: t('package'), value: <CopyableName name={name} what={t('package')} /> },
              { key: t('version'), value: <span className="name-text">{absent.tag}</span> },
              {
                key: t('file'),
                value: (
                  <>
                    <CopyableName name={packageFile(operator)} what={t('file')} />
                    <span className="block text-small text-faint">{t('fileHint')}</span>
                  </>
                ),
              },
              {
                key: t('image'),
                value: absent.repository && <span className="name-text">{absent.repository}</span>,
              },
            ]}
          />
        </CardSection>
      )}
    </div>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-tint text-small font-semibold text-accent tabular-nums"
      >
        {number}
      </span>
      <div className="min-w-0 grow">
        <p className="leading-6 font-medium">{title}</p>
        <div className="text-muted">{children}</div>
      </div>
    </li>
  );
}

function Synchronising({ since, action }: { since: string; action: ReactNode }) {
  const t = useTranslations('operators.absent');
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const then = new Date(since);
  const late = now.getTime() - then.getTime() > LATE_MS;
  const told = { since: format.relativeTime(then < now ? then : now, now) };
  return (
    <Notice
      tone={late ? 'waiting' : 'info'}
      title={
        <span className="inline-flex items-center gap-2">
          {t('syncTitle')}
          <LoaderCircle aria-hidden className="size-4 animate-spin [animation-duration:2.4s]" />
        </span>
      }
      action={action}
    >
      {late ? t('lateText', told) : t('syncText', told)}
    </Notice>
  );
}
