import { RE2JS } from 're2js';

const MAX_PATTERN = 1000;
const MAX_TEXT = 20_000;
const MAX_REMEMBERED = 500;

const compiled = new Map<string, RE2JS | undefined>();

/**
 * A pattern that somebody else wrote, in an engine whose time is linear in the text.
 * @returns `undefined` when the pattern is too long or uses what such an engine can't do (look-around,
 * back-references)
 */
export function asPattern(source: string): RE2JS | undefined {
  if (source.length > MAX_PATTERN) return undefined;
  if (compiled.has(source)) return compiled.get(source);
  let pattern: RE2JS | undefined;
  try {
    pattern = RE2JS.compile(RE2JS.translateRegExp(source));
  } catch {
    pattern = undefined;
  }
  if (compiled.size >= MAX_REMEMBERED) compiled.clear();
  compiled.set(source, pattern);
  return pattern;
}

/** Whether a text has a match anywhere, as JSON Schema means `pattern`; what can't be checked passes. */
export function fitsPattern(source: string, text: string): boolean {
  const pattern = asPattern(source);
  if (!pattern || text.length > MAX_TEXT) return true;
  return pattern.matcher(text).find();
}
