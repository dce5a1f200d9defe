/**
 * Readers for text that others wrote, such as a catalogue's: what is missing, of a wrong type or too
 * long is dropped or cut, so that one broken entry can't take a list with it.
 */
export type Json = Record<string, unknown>;

/** A JSON object, an empty one for anything else. */
export function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** An own property only: catalogues may well use keys such as `constructor`. */
export function field(value: unknown, key: string): unknown {
  const object = record(value);
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A string of at most `max` characters, `''` for anything else. */
export function text(value: unknown, max = 500): string {
  return typeof value === 'string' ? value.trim().slice(0, max) : '';
}

/** A string of at most `max` characters, `undefined` for an empty one and anything else. */
export function optionalText(value: unknown, max = 500): string | undefined {
  return text(value, max) || undefined;
}

/** At most `max` members of a list, mapped; members that map to `undefined` are dropped. */
export function list<T>(value: unknown, read: (member: unknown) => T | undefined, max = 200): T[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, max)
    .map(read)
    .filter((member) => member !== undefined);
}

/** A comma-separated annotation such as `categories`, or a list of strings. */
export function words(value: unknown, max = 50): string[] {
  const members = typeof value === 'string' ? value.slice(0, 5000).split(',') : value;
  return [...new Set(list(members, (member) => optionalText(member, 100), max))];
}

/** An absolute http, https or mailto address; no other scheme ever becomes a link. */
export function link(value: unknown): string | undefined {
  const address = text(value, 2000);
  if (!URL.canParse(address)) return undefined;
  return ['http:', 'https:', 'mailto:'].includes(new URL(address).protocol) ? address : undefined;
}
