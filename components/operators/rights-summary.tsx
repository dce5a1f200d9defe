'use client';

import { Globe, ShieldAlert, SquareDashed } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { CardSection } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import type { OperatorRights } from '@/lib/operators/installed-contract';

/** More sentences than these hide behind a button. */
const firstSentences = 8;

/** What an operator may do; undefined rights are still loading. */
export function RightsSummary({ rights }: { rights: readonly OperatorRights[] | undefined }) {
  const t = useTranslations('rights');
  return (
    <CardSection title={t('title')} bodyClassName="flex flex-col gap-5">
      {!rights ? (
        <div aria-busy="true" className="flex flex-col gap-2.5">
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </div>
      ) : rights.length === 0 ? (
        <div>
          <p className="font-medium">{t('unknownTitle')}</p>
          <p className="text-muted">{t('unknownText')}</p>
        </div>
      ) : (
        rights.map((one) => (
          <VersionRights key={`${one.namespace}/${one.clusterServiceVersion}`} rights={one} />
        ))
      )}
    </CardSection>
  );
}

function VersionRights({ rights }: { rights: OperatorRights }) {
  const t = useTranslations('rights');
  const [all, setAll] = useState(false);
  const { namespace, clusterServiceVersion: csv, toldBy, sentences } = rights;
  const shown = all ? sentences : sentences.slice(0, firstSentences);
  return (
    <div className="flex flex-col gap-2.5">
      <p className="text-small text-muted [overflow-wrap:anywhere]">
        {toldBy === 'InstallPlan' ? t('ofPlan', { csv, namespace }) : t('of', { csv, namespace })}
      </p>
      {rights.everything && (
        <Notice tone="waiting" title={t('everythingTitle')}>
          {t('everythingText')}
        </Notice>
      )}
      {sentences.length === 0 && <p className="text-muted">{t('none')}</p>}
      <ul className="flex flex-col gap-1.5">
        {shown.map((sentence) => (
          <RightSentence
            key={`${sentence.key} ${Object.values(sentence.values).join()}`}
            sentence={sentence}
          />
        ))}
      </ul>
      {shown.length < sentences.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="min-h-6 self-start text-small font-medium text-accent hover:underline"
        >
          {t('all', { count: sentences.length })}
        </button>
      )}
      {rights.truncated && <p className="text-small text-waiting">{t('truncated')}</p>}
    </div>
  );
}

function RightSentence({ sentence }: { sentence: OperatorRights['sentences'][number] }) {
  const t = useTranslations('rights');
  const { key, values, everywhere, risky } = sentence;
  const Icon = risky ? ShieldAlert : everywhere ? Globe : SquareDashed;
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${risky ? 'text-waiting' : 'text-faint'}`} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {t(key, { verbs: '', resources: '', group: '', ...values })}
        {values.names && <span className="name-text text-faint"> ({values.names})</span>}
        {risky && (
          <>
            {' '}
            <Badge tone="waiting">{t('risky')}</Badge>
          </>
        )}
      </span>
    </li>
  );
}
