import 'server-only';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { shared } from '@/lib/kube/shared';
import { defaultSourceRules, type SourceRule, sourceRulesSchema } from '../rules/source';

/** The table that tells an operator's source type: one's own when the console was started with one. */
export function sourceRules(): readonly SourceRule[] {
  return chosen().rules;
}

/** Takes a table from a file in place of the default one. @throws Error naming the file and what is wrong with it */
export function takeSourceRulesFrom(file: string): void {
  chosen().rules = readSourceRules(file);
}

/** Reads a table from a file of YAML or JSON. @throws Error naming the file and what is wrong with it */
export function readSourceRules(file: string): readonly SourceRule[] {
  try {
    return sourceRulesSchema.parse(parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 })).rules;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`OPERATOR_SOURCES names ${file}, which can't be used: ${why}`);
  }
}

function chosen(): { rules: readonly SourceRule[] } {
  return shared('source-rules', () => ({ rules: defaultSourceRules }));
}
