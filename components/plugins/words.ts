'use client';

import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { problemOf } from '@/components/ui/problem-of';
import { type Obstacle, obstacleSchema, type PluginVersion } from '@/lib/plugins/contract';
import { type FieldError, fieldErrorSchema } from '@/lib/plugins/form-contract';
import type { ConfigTextError } from '@/lib/plugins/rules/form/config-text';

type Translate = ReturnType<typeof useTranslations<'plugins'>>;
type Requirement = PluginVersion['affinity'][number];
type Dependency = PluginVersion['dependencies'][number];

/** What a plugin asks of a cluster, in the reader's language. */
export function requirementWords(t: Translate, { kind, key, operator, values }: Requirement): string {
  const quoted = values.map((value) => `"${value}"`).join(', ');
  if (kind === 'not-plugin') return t('requirement.notPlugins', { values: quoted });
  const args = { key, operator, values: quoted };
  const words = t(`requirement.${requirementCode(operator, values.length)}`, args);
  return kind === 'cluster' ? words : t('requirement.negated', { words });
}

function requirementCode(operator: string, count: number) {
  switch (operator) {
    case 'In':
      return count === 1 ? 'is' : 'isOneOf';
    case 'NotIn':
      return count === 1 ? 'isNot' : 'isNoneOf';
    case 'Exists':
    case 'DoesNotExist':
    case 'Gt':
    case 'Lt':
      return operator;
    default:
      return 'unknown';
  }
}

/** What a plugin needs beside it, and where, in the reader's language. */
export function dependencyWords(t: Translate, { anyOf }: Dependency): string {
  const or = t('dependency.or');
  return anyOf
    .map(({ plugin, cluster, versions }) => {
      const ranges = versions.filter((range) => range.trim() !== '*').join(or);
      return ranges
        ? t('dependency.versions', { plugin, ranges, cluster })
        : t('dependency.any', { plugin, cluster });
    })
    .join(or);
}

/** Why something can't be done, in the reader's language. */
export function obstacleWords(
  t: Translate,
  { code, items, facts, requirements, dependencies }: Obstacle,
): string {
  const parts = requirements
    ? requirements.map((one) => requirementWords(t, one))
    : dependencies
      ? dependencies.map((one) => dependencyWords(t, one))
      : items;
  return t(`obstacles.${code}`, {
    cluster: '',
    version: '',
    installed: '',
    platform: '',
    range: '',
    ...facts,
    items: parts.join(requirements || dependencies ? '; ' : ', '),
    given: items.length > 0 ? 'yes' : 'no',
  });
}

/** What is wrong with a field, in the reader's language and without its label. */
export function fieldErrorWords(t: Translate, { code, limit }: FieldError): string {
  return t(`form.errors.${code}`, { limit: String(limit ?? '') });
}

/** Why a text is no configuration, in the reader's language; a YAML parser's own words are English. */
export function configTextWords(t: Translate, { code, line = 1, text = '' }: ConfigTextError): string {
  return t(`form.textErrors.${code}`, { line, text });
}

const obstacleList = z.array(obstacleSchema).min(1);
const fieldErrorList = z.array(fieldErrorSchema).min(1);

/** Why a request about a plugin was refused. What a cluster answered itself stays in its own words. */
export function useProblemWords(): (error: unknown) => string {
  const t = useTranslations('plugins');
  const common = useTranslations('common');
  return (error) => {
    const problem = problemOf(error);
    const obstacles = obstacleList.safeParse(problem?.causes);
    if (obstacles.success) return obstacles.data.map((one) => obstacleWords(t, one)).join(' ');
    const fields = fieldErrorList.safeParse(problem?.causes);
    if (fields.success) return fields.data.map((one) => `${one.label}: ${fieldErrorWords(t, one)}`).join(' ');
    return problem?.detail ?? common('unknownError');
  };
}
