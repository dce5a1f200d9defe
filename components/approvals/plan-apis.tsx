'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CardSection } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import type { ReviewedApi } from '@/lib/operators/plan-contract';

const marks = {
  added: { sign: '+', ink: 'text-good', word: 'isAdded' },
  changed: { sign: '~', ink: 'text-waiting', word: 'isChanged' },
  unchanged: { sign: '=', ink: 'text-faint', word: 'isUnchanged' },
} as const;

/** The CustomResourceDefinitions of a plan against those of the cluster; what may break something comes first. */
export function PlanApis({ apis }: { apis: readonly ReviewedApi[] }) {
  const t = useTranslations('approvals.apis');
  const [all, setAll] = useState(false);
  const count = (change: ReviewedApi['change']) => apis.filter((api) => api.change === change).length;
  const [added, changed, unchanged] = [count('added'), count('changed'), count('unchanged')];
  const telling = apis.filter((api) => api.change !== 'unchanged' || risksOf(api) > 0);
  const shown = all ? apis : telling;
  return (
    <CardSection
      title={t('title')}
      bodyClassName="p-0"
      aside={
        <span className="flex flex-wrap gap-2">
          {added > 0 && <Badge tone="good">{t('added', { count: added })}</Badge>}
          {changed > 0 && <Badge tone="waiting">{t('changed', { count: changed })}</Badge>}
          {unchanged > 0 && <Badge>{t('unchanged', { count: unchanged })}</Badge>}
        </span>
      }
    >
      {apis.length === 0 && <p className="px-4 py-3 text-muted">{t('none')}</p>}
      <ul className="divide-y divide-line-faint">
        {shown.map((api) => (
          <ApiRow key={api.name} api={api} />
        ))}
      </ul>
      {!all && telling.length < apis.length && (
        <div className="border-t border-line-faint px-2 py-1 first:border-0">
          <Button variant="ghost" size="small" onClick={() => setAll(true)}>
            {t('showUnchanged', { count: apis.length - telling.length })}
          </Button>
        </div>
      )}
    </CardSection>
  );
}

function ApiRow({ api }: { api: ReviewedApi }) {
  const t = useTranslations('approvals.apis');
  const { sign, ink, word } = marks[api.change];
  const facts = useFacts(api);
  const risks = useRisks(api);
  return (
    <li className="flex flex-col gap-1 px-4 py-2.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <span className="name-text min-w-0 [overflow-wrap:anywhere]">
          <span aria-hidden className={cn('mr-2 inline-block w-2 font-semibold', ink)}>
            {sign}
          </span>
          <span className="sr-only">{t(word)}: </span>
          {api.name}
        </span>
        <span className="text-muted max-sm:pl-4 sm:text-right">{facts.join(' · ')}</span>
      </div>
      {risks.length > 0 && (
        <ul className="flex flex-col gap-0.5 pl-4 text-small">
          {risks.map(({ text, grave }) => (
            <li key={text} className={cn('[overflow-wrap:anywhere]', grave ? 'text-failed' : 'text-waiting')}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function useFacts(api: ReviewedApi): string[] {
  const t = useTranslations('approvals.apis');
  const { versions, instances, change } = api;
  const list = (names: readonly string[]) => names.join(', ');
  const facts = change === 'added' ? [t('newKind')] : [];
  if (change !== 'added') {
    if (versions.added.length > 0) facts.push(t('adds', { versions: list(versions.added) }));
    if (versions.removed.length > 0) facts.push(t('removes', { versions: list(versions.removed) }));
    if (versions.noLongerServed.length > 0) {
      facts.push(t('noLongerServed', { versions: list(versions.noLongerServed) }));
    }
    if (change === 'unchanged') facts.push(t('isUnchanged'));
    else if (facts.length === 0) facts.push(t('schema'));
  }
  if (instances && instances.count > 0) {
    facts.push(t(instances.more ? 'instancesMore' : 'instances', { count: instances.count }));
    if (change === 'changed' && api.storedAtRisk.length === 0) facts.push(t('storedSafe'));
  }
  return facts;
}

function useRisks(api: ReviewedApi): { text: string; grave: boolean }[] {
  const t = useTranslations('approvals.apis');
  const risks: { text: string; grave: boolean }[] = [];
  const { storedAtRisk, scope, prunes, conversion, outdatedApi, newlyRequired, refused, alsoOwnedBy } = api;
  if (storedAtRisk.length > 0) {
    risks.push({ text: t('storedAtRisk', { versions: storedAtRisk.join(', ') }), grave: true });
  }
  if (scope) risks.push({ text: t('scope', scope), grave: true });
  if (prunes) risks.push({ text: t('prunes'), grave: true });
  if (conversion) {
    risks.push({
      text: t(conversion.to === 'Webhook' ? 'conversionWebhook' : 'conversionNone'),
      grave: false,
    });
  }
  if (outdatedApi) risks.push({ text: t('outdatedApi', { version: outdatedApi }), grave: true });
  for (const { path, version, lackedBy } of newlyRequired.slice(0, MAX_REQUIRED)) {
    // In a version that is new nobody has written anything yet.
    const refused = !api.versions.added.includes(version);
    const lacked = !lackedBy
      ? t('lackedUnknown')
      : lackedBy.count > 0
        ? `${t('lacked', { count: lackedBy.count, examples: lackedBy.examples.join(', ') })}.${refused ? ` ${t('refusesPlan')}` : ''}`
        : t('lackedByNone');
    risks.push({
      text: `${t('required', { path, version })} ${lacked}`,
      grave: (lackedBy?.count ?? 0) > 0,
    });
  }
  const more = newlyRequired.length - MAX_REQUIRED;
  if (more > 0) risks.push({ text: t('moreRequired', { count: more }), grave: false });
  for (const { rule, path, version, count, examples } of refused.slice(0, MAX_REQUIRED)) {
    const why = t(`refusedBy.${rule}`, { path: path || '.' });
    const who = t('refused', { why, version, count, examples: examples.join(', ') });
    risks.push({ text: `${who} ${t('refusesPlan')}`, grave: true });
  }
  if (alsoOwnedBy.length > 0) {
    const names = alsoOwnedBy.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
    risks.push({ text: t('alsoOwnedBy', { names }), grave: false });
  }
  if (api.truncated) risks.push({ text: t('truncated'), grave: false });
  return risks;
}

const MAX_REQUIRED = 5;

/** How many things about a definition may hurt somebody. */
function risksOf({
  storedAtRisk,
  scope,
  prunes,
  conversion,
  outdatedApi,
  newlyRequired,
  refused,
  alsoOwnedBy,
}: ReviewedApi): number {
  const lists = [storedAtRisk, newlyRequired, refused, alsoOwnedBy];
  return (
    lists.reduce((sum, { length }) => sum + length, 0) +
    [scope, prunes, conversion, outdatedApi].filter(Boolean).length
  );
}
