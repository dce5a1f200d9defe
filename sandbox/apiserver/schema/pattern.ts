import vm from 'node:vm';

const maxPattern = 4_096;
const timeoutMs = 100;
const maxPlainValue = 1_000;
const repeatsGroup = /\)[*+{]/;
const context = vm.createContext(Object.create(null));
const script = new vm.Script('new RegExp(pattern).test(value)');

/** Compiled patterns that can't backtrack for long; undefined for those that could. */
const plain = new Map<string, RegExp | undefined>();

/**
 * Whether `value` matches a pattern that comes from a CRD. Patterns are RE2 there and can't take exponential time;
 * here those that repeat a group run under a time limit, and what exceeds it counts as no match.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  if (pattern.length > maxPattern) return false;
  if (!plain.has(pattern)) plain.set(pattern, repeatsGroup.test(pattern) ? undefined : compile(pattern));
  const compiled = plain.get(pattern);
  if (compiled && value.length <= maxPlainValue) return compiled.test(value);
  context.pattern = fromRe2(pattern);
  context.value = value;
  try {
    return script.runInContext(context, { timeout: timeoutMs }) === true;
  } catch {
    return false;
  }
}

/** Whether the pattern compiles at all. */
export function isPattern(pattern: string): boolean {
  if (pattern.length > maxPattern) return false;
  return compile(pattern) !== undefined;
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(fromRe2(pattern));
  } catch {
    return undefined;
  }
}

/** The few spellings of RE2 that JavaScript lacks. */
function fromRe2(pattern: string): string {
  return pattern.replaceAll('(?P<', '(?<').replaceAll('\\z', '$').replaceAll('\\A', '^');
}
