import { parseDocument } from 'yaml';
import { cloneJson, isRecord, type Json } from '../json';

const MAX_CHARACTERS = 1024 * 1024;

export type ReadConfig = { value: Json; error?: undefined } | { value?: undefined; error: string };

/**
 * Reads a configuration that somebody wrote as YAML or JSON. Nothing is an empty configuration.
 * @returns what it holds, or in one sentence why it can't be read
 */
export function readConfigText(text: string): ReadConfig {
  if (text.length > MAX_CHARACTERS) return { error: `It is longer than ${MAX_CHARACTERS} characters.` };
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line;
    const [message = ''] = error.message.split(/ at line |\n/, 1);
    return { error: line ? `Line ${line}: ${message}` : message };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 20 }) ?? {};
    if (!isRecord(value)) return { error: 'It has to be a mapping of keys to values.' };
    return { value: cloneJson(value) };
  } catch (failure) {
    return {
      error: failure instanceof RangeError ? failure.message : 'It repeats itself through too many aliases.',
    };
  }
}
