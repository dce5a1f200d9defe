import {
  type CreateNodeOptions,
  type CST,
  type DocumentOptions,
  type ParseOptions,
  Parser,
  type SchemaOptions,
  stringify,
  type ToStringOptions,
} from 'yaml';

type WriteOptions = DocumentOptions & SchemaOptions & ParseOptions & CreateNodeOptions & ToStringOptions;

const MAX_DEPTH = 200;

/**
 * The tokens of a YAML text that others wrote, for a `Composer`.
 * @throws Error where they are nested too deep: the composer calls itself for every level, and an engine that runs out
 * of stack just while it compiles a regular expression ends the whole process instead of throwing
 */
export function* shallowTokens(source: string): Generator<CST.Token> {
  for (const token of new Parser().parse(source)) {
    if (isDeep(token, tokensBelow)) throw tooDeep();
    yield token;
  }
}

/** Refuses a YAML text that others wrote before it is parsed. @throws Error where it is nested too deep */
export function refuseDeepYaml(source: string): void {
  for (const token of new Parser().parse(source)) {
    if (isDeep(token, tokensBelow)) throw tooDeep();
  }
}

/** Refuses what was parsed from JSON, whose parser knows no limit. @throws Error where it is nested too deep */
export function refuseDeepValue(value: unknown): void {
  if (isDeep(value, Object.values)) throw tooDeep();
}

/** A value as YAML; only a comment that says so where it is nested too deep to be written. */
export function shallowYaml(value: unknown, options: WriteOptions): string {
  return isDeep(value, Object.values) ? `# ${tooDeep().message}\n` : stringify(value, options);
}

function tooDeep(): Error {
  return new Error(`it is nested more than ${MAX_DEPTH} levels deep`);
}

/** Goes down level by level, as a recursion would meet the very limit that is looked for. */
function isDeep<T>(root: T, below: (parent: T & object) => T[]): boolean {
  let level = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? below(one) : []));
  }
  return false;
}

function tokensBelow(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [...(key ? [key] : []), ...(value ? [value] : [])]);
}
