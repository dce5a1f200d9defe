import { parseDocument } from 'yaml';
import { cloneJson, isRecord, type Json } from '../json';

const MAX_CHARACTERS = 1024 * 1024;

/** Why a text is no configuration; `messages/` has a sentence for each code. */
export interface ConfigTextError {
  code: 'too-long' | 'syntax' | 'not-a-mapping' | 'too-many-aliases' | 'too-deep';
  /** Where the YAML can't be read. */
  line?: number;
  /** The YAML parser's own words, in English. */
  text?: string;
}

export type ReadConfig = { value: Json; error?: undefined } | { value?: undefined; error: ConfigTextError };

/** Reads a configuration that somebody wrote as YAML or JSON. Nothing is an empty configuration. */
export function readConfigText(text: string): ReadConfig {
  if (text.length > MAX_CHARACTERS) return { error: { code: 'too-long' } };
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    const [message = ''] = error.message.split(/ at line |\n/, 1);
    return { error: { code: 'syntax', line: error.linePos?.[0].line ?? 1, text: message } };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 20 }) ?? {};
    if (!isRecord(value)) return { error: { code: 'not-a-mapping' } };
    return { value: cloneJson(value) };
  } catch (failure) {
    return { error: { code: failure instanceof RangeError ? 'too-deep' : 'too-many-aliases' } };
  }
}
