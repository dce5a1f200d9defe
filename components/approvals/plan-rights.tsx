'use client';

import { ShieldAlert, ShieldCheck, ShieldMinus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CardSection } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import type { ReviewedOperator, RightsSentenceOnWire } from '@/lib/operators/plan-contract';
import { rightsSubjects } from '@/lib/operators/rules/plan/rights-words';

const FIRST = 8;

/** Rights that an operator gains and loses, in words; those over the whole cluster first. */
export function PlanRights({ operator, named }: { operator: ReviewedOperator; named: boolean }) {
  const t = useTranslations('approvals.rights');
  const { rights, displayName: name } = operator;
  const [all, setAll] = useState(false);
  const entries = [
    ...(rights?.widened ?? []).map((sentence) => ({ sentence, wider: true })),
    ...(rights?.narrowed ?? []).map((sentence) => ({ sentence, wider: false })),
  ];
  const shown = all ? entries : entries.slice(0, FIRST);
  const { length: wider } = rights?.widened ?? [];
  const { length: narrower } = rights?.narrowed ?? [];
  return (
    <CardSection
      title={named ? t('titleOf', { name }) : t('title')}
      bodyClassName="p-0"
      aside={
        <span className="flex flex-wrap gap-2">
          {wider > 0 && <Badge tone="failed">{t('wider', { count: wider })}</Badge>}
          {narrower > 0 && <Badge tone="good">{t('narrower', { count: narrower })}</Badge>}
          {rights && operator.from && entries.length === 0 && <Badge>{t('unchanged')}</Badge>}
        </span>
      }
    >
      {entries.length === 0 && (
        <p className="px-4 py-3 text-muted">
          {!rights ? t('unread') : operator.from ? t('none') : t('noneAtAll')}
        </p>
      )}
      <ul className="divide-y divide-line-faint">
        {shown.map(({ sentence, wider: gained }) => (
          <RightRow
            key={`${gained} ${sentence.key} ${Object.values(sentence.values).join()}`}
            sentence={sentence}
            gained={gained}
          />
        ))}
      </ul>
      {shown.length < entries.length && (
        <div className="border-t border-line-faint px-2 py-1">
          <Button variant="ghost" size="small" onClick={() => setAll(true)}>
            {t('showAll', { count: entries.length })}
          </Button>
        </div>
      )}
      {rights?.truncated && <Truncated />}
    </CardSection>
  );
}

function RightRow({ sentence, gained }: { sentence: RightsSentenceOnWire; gained: boolean }) {
  const t = useTranslations('approvals.rights');
  const Icon = !gained ? ShieldMinus : sentence.risky ? ShieldAlert : ShieldCheck;
  const ink = !gained ? 'text-good' : sentence.risky ? 'text-failed' : 'text-muted';
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', ink)} />
      <div className="min-w-0 flex-1">
        <p className={cn('[overflow-wrap:anywhere]', gained && sentence.risky && 'font-medium')}>
          <Sentence sentence={sentence} />
        </p>
        {gained && sentence.before && (
          <p className="text-small text-muted [overflow-wrap:anywhere]">
            {t(sentence.before.everywhere ? 'beforeEverywhere' : 'beforeInNamespace', {
              verbs: sentence.before.verbs,
            })}
          </p>
        )}
        {sentence.values.names && (
          <p className="text-small text-muted [overflow-wrap:anywhere]">
            {t('names', { names: sentence.values.names })}
          </p>
        )}
      </div>
      <span className="shrink-0 text-small text-muted">
        {gained ? (sentence.risky ? t('risky') : t('isNew')) : t('isGone')}
      </span>
    </li>
  );
}

function Sentence({ sentence }: { sentence: RightsSentenceOnWire }) {
  const t = useTranslations('rights');
  const { key, values } = sentence;
  if (!isKnown(key)) return Object.values(values).join(' ');
  return t(key, { verbs: '', resources: '', group: '', ...values });
}

function Truncated() {
  const t = useTranslations('rights');
  return <p className="border-t border-line-faint px-4 py-2 text-small text-muted">{t('truncated')}</p>;
}

type RightsKey = `${(typeof rightsSubjects)[number]}${'Everywhere' | 'InNamespace'}`;
const known = new Set<string>(
  rightsSubjects.flatMap((subject) => [`${subject}Everywhere`, `${subject}InNamespace`]),
);

function isKnown(key: string): key is RightsKey {
  return known.has(key);
}
