import { MASK, maskSecrets } from './mask-secrets';

const MAX_DEPTH = 40;
const MAX_TEXT = 20_000;
const secretName =
  /pass(?:word|wd)?|secret|token|credential|private|api_?key|access_?key|auth|dsn|connection/i;

/** Copies of whole objects, icons, examples and what only servers read: large, and nothing that a diagnosis needs. */
const dropped = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'managedFields',
  'base64data',
  'alm-examples',
  'operatorframework.io/properties',
]);
/** What would open a door, or name the keys to one. */
const closed = new Set(['imagePullSecrets', 'pullSecret', 'secrets', 'caBundle', 'stringData', 'binaryData']);

/**
 * A copy of an object of a cluster for people who may not know its secrets: values of Secrets, of environment variables
 * whose name or content looks secret, pull secrets, and copies of the object in its own annotations are gone.
 */
export function withoutSecrets(object: unknown): unknown {
  return copy(object, 0, isSecret(object));
}

function copy(value: unknown, depth: number, secret: boolean): unknown {
  if (depth > MAX_DEPTH) return '…';
  if (typeof value === 'string') {
    const masked = maskSecrets(value.slice(0, MAX_TEXT));
    return value.length > MAX_TEXT ? `${masked}… (${value.length} characters)` : masked;
  }
  if (Array.isArray(value)) return value.slice(0, 2000).map((item) => copy(item, depth + 1, secret));
  if (typeof value !== 'object' || value === null) return value;
  if (isVariable(value)) return copyVariable(value, depth);
  const entries = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    if (dropped.has(key)) return [];
    if (closed.has(key) || (secret && key === 'data')) return [[key, MASK]];
    return [[key, typeof item === 'string' && looksSecret(key, item) ? MASK : copy(item, depth + 1, secret)]];
  });
  return Object.fromEntries(entries);
}

/** A field whose name says that its text is a secret; references to one, and names of files, tell nothing. */
function looksSecret(key: string, value: string): boolean {
  return value !== '' && /^(?:password|token|secret|credentials?|apiKey|privateKey|clientSecret)$/i.test(key);
}

function isSecret(object: unknown): boolean {
  return typeof object === 'object' && object !== null && 'kind' in object && object.kind === 'Secret';
}

/** `EnvVar` of a container or of `spec.config` of a Subscription. */
function isVariable(value: object): value is { name: string; value: string } {
  return (
    'name' in value && typeof value.name === 'string' && 'value' in value && typeof value.value === 'string'
  );
}

function copyVariable(variable: { name: string; value: string }, depth: number) {
  const value =
    secretName.test(variable.name) && variable.value !== '' ? MASK : copy(variable.value, depth + 1, false);
  return { ...variable, value };
}
