import { parseDocument } from 'yaml';
import type { FormDefinition } from '../../form-contract';
import { isRecord } from '../json';

const MAX_CHARACTERS = 1024 * 1024;

/**
 * Reads a `scripts/plugin-config.yaml`, the file from which the platform makes a ModuleConfig's form.
 * Published files hold full-width and non-breaking spaces and tabs where YAML allows plain spaces only;
 * outside quoted text they are taken as such.
 * @throws SyntaxError that says in which line the file can't be read
 */
export function readPluginConfig(text: string): Partial<FormDefinition> {
  if (text.length > MAX_CHARACTERS)
    throw new SyntaxError(`The file is longer than ${MAX_CHARACTERS} characters`);
  const strict = parse(text);
  const parsed = strict.error ? parse(plainSpaces(text)) : strict;
  if (parsed.error) throw new SyntaxError(parsed.error);
  return isRecord(parsed.value) ? parsed.value : {};
}

function parse(text: string): { value?: unknown; error?: string } {
  const document = parseDocument(text, { uniqueKeys: false });
  const [error] = document.errors;
  if (error) return { error: `Line ${error.linePos?.[0].line ?? '?'}: ${error.message.split('\n', 1)[0]}` };
  try {
    return { value: document.toJS({ maxAliasCount: 20 }) };
  } catch {
    return { error: 'The file repeats itself through too many aliases' };
  }
}

/** Only where a line's structure is: before its text, and between a key's colon and a comment. */
function plainSpaces(text: string): string {
  const blanks = (run: string) => run.replace(/[\u3000\u00a0\t\ufeff]/g, ' ');
  return text
    .split('\n')
    .map((line) => line.replace(/^[\s\ufeff]+/, blanks).replace(/:\s+(?=#|$)/, blanks))
    .join('\n');
}
