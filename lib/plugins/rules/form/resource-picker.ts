/** A field whose options are the objects of a cluster: `io.kubernetes:<Resource>?=<meta>:<query>`. */
export interface ResourcePicker {
  kind: string;
  /** Read from the global cluster instead of the one that the plugin goes to. */
  global: boolean;
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

const KIND = /^[A-Za-z][A-Za-z0-9.~-]{0,99}$/;

/**
 * Reads the words after `io.kubernetes:`, such as `Secret?=isGlobal=true:labelSelector=a%2Fb%3Dc`. Both
 * parts are percent-encoded, as a whole or in their values only.
 * @returns `undefined` when no kind is named
 */
export function readResourcePicker(words: string): ResourcePicker | undefined {
  const start = words.indexOf('?');
  const kind = (start < 0 ? words : words.slice(0, start)).trim();
  if (!KIND.test(kind)) return undefined;
  const rest = start < 0 ? '' : words.slice(start + 1).replace(/^=/, '');
  const colon = rest.indexOf(':');
  const meta = parameters(colon < 0 ? rest : rest.slice(0, colon));
  const query = colon < 0 ? meta : parameters(rest.slice(colon + 1));
  const read = (name: string) => query.get(name) || meta.get(name) || undefined;
  const [namespace, labelSelector, fieldSelector] = ['namespace', 'labelSelector', 'fieldSelector'].map(read);
  return {
    kind,
    global: meta.get('isGlobal') === 'true',
    ...(namespace ? { namespace } : {}),
    ...(labelSelector ? { labelSelector } : {}),
    ...(fieldSelector ? { fieldSelector } : {}),
  };
}

function parameters(encoded: string): URLSearchParams {
  return new URLSearchParams(encoded.includes('=') ? encoded : decoded(encoded));
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
