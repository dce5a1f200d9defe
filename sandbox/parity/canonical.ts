import { isObject } from '../apiserver/json.ts';

/** What differs from run to run, and the word that stands for it. */
const varying: [RegExp, string][] = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\b/g, '(time)'],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '(uid)'],
  [/\binstall-[a-z0-9]{5}\b/g, 'install-(random)'],
  // A pod's name: Deployment, hash of its template, random letters.
  [/-[4-9bcdf]{8,10}(-[a-z0-9]{5})?(?=$|[^-a-z0-9])/g, '-(pod)'],
  // An Event's name ends in the time in hexadecimal.
  [/\.[0-9a-f]{13,16}$/g, '.(hex)'],
  // OLM's hashes in base 62, of structures that only its own program serialises that way.
  [/^[A-Za-z0-9]{36,38}$/g, '(hash)'],
  // What stands before the hash in a name is cut by the hash's length.
  [/(-[a-z]*)?-[A-Za-z0-9]{36,38}$/g, '-(hash)'],
  [/(?<=default-scheduler)-[a-z0-9]+$/g, '-(host)'],
  [/(?<=\?hash=)[0-9A-F]+$/g, '(hash)'],
  [/(?<=\bcurrent: )\d+$/g, '(revision)'],
  [/(?<=resource version: )\d+ \(\d+\)$/g, '(revisions)'],
];

/** Members that only one server at one time can have, and what is compared of them instead. */
const members: Record<string, (value: unknown) => unknown> = {
  resourceVersion: (value) => (value === undefined ? undefined : '(revision)'),
  continue: (value) => (value === '' ? '' : '(token)'),
  serverAddress: () => '(address)',
  // A step of an InstallPlan holds its object as text.
  manifest: (value) => (typeof value === 'string' ? parsedOr(value) : undefined),
  // Whether a condition or a catalog came first, two controllers decided by their speed.
  conditions: (value) => sortedConditions(value),
  relatedImages: (value) => (Array.isArray(value) ? [...value].sort() : undefined),
  resourceRules: sortedSet,
  nonResourceRules: sortedSet,
  count: () => '(count)',
  catalogSources: (value) => (Array.isArray(value) ? [...value].sort() : undefined),
  rows: (value) => (Array.isArray(value) ? value.map(withoutAges) : undefined),
};

/** Prose, bookkeeping and what kubectl left: not what an answer says. */
const omitted = new Set([
  'description',
  'managedFields',
  'kubectl.kubernetes.io/last-applied-configuration',
  'gitCommit',
  'goVersion',
  'compiler',
  'buildDate',
]);

/** A value with its keys in order, without prose, and with what varies from run to run replaced by a word. */
export function canonical(value: unknown): unknown {
  if (typeof value === 'string') {
    return varying.reduce((text, [pattern, word]) => text.replace(pattern, word), value);
  }
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  const entries = Object.keys(value)
    .sort()
    .filter((key) => !omitted.has(key))
    .map((key) => [canonical(key), canonical(members[key]?.(value[key]) ?? value[key])] as const)
    .filter(([key, child]) => key !== 'annotations' || (isObject(child) && Object.keys(child).length > 0));
  return Object.fromEntries(entries);
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sortedConditions(value: unknown): unknown {
  if (!Array.isArray(value) || !value.every((it) => isObject(it) && typeof it.type === 'string'))
    return undefined;
  return [...(value as { type: string }[])].sort((a, b) => (a.type < b.type ? -1 : 1));
}

/** Rules of an access review come in the order in which roles happen to be found. */
function sortedSet(value: unknown): unknown {
  if (!Array.isArray(value)) return undefined;
  const rules = value.map((rule) => JSON.stringify(canonical(rule)));
  return [...new Set(rules)].sort().map((rule) => JSON.parse(rule) as unknown);
}

/** A row of a Table with a word for every duration. */
function withoutAges(row: unknown): unknown {
  if (!isObject(row) || !Array.isArray(row.cells)) return row;
  const age = /^(\d+[dhms])+$/;
  return { ...row, cells: row.cells.map((it) => (typeof it === 'string' && age.test(it) ? '(age)' : it)) };
}

/**
 * Where two canonical values differ, one line each: the path, what was recorded, what came. Items of lists are
 * compared by their names where they have any, whatever their order, so that one that is missing is one line.
 */
export function deepDifferences(was: unknown, is: unknown, path = ''): string[] {
  if (Array.isArray(was) && Array.isArray(is)) {
    const names = was.map(nameOf);
    if (was.length > 0 && names.every((name) => name !== undefined)) {
      return deepDifferences(byName(was), byName(is), `${path}[]`);
    }
    const length = Math.max(was.length, is.length);
    return Array.from({ length }, (_, index) =>
      deepDifferences(was[index], is[index], `${path}[${index}]`),
    ).flat();
  }
  if (isObject(was) && isObject(is)) {
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) =>
      deepDifferences(was[key], is[key], `${path}.${key}`),
    );
  }
  return Object.is(was, is) ? [] : [`${path}: recorded ${shown(was)}, got ${shown(is)}`];
}

/** How an item of a list is known among the others. */
function nameOf(item: unknown): string | undefined {
  if (!isObject(item)) return undefined;
  const { metadata, name, kind, object, cells, spec, involvedObject, reason, message } = item;
  // A row of a Table; where names are random, another cell tells.
  if (isObject(object) && Array.isArray(cells)) return [nameOf(object), ...cells.slice(1, 7)].join('/');
  if (isObject(involvedObject)) {
    return [involvedObject.kind, involvedObject.name, reason, message].join('/');
  }
  if (isObject(metadata) && typeof metadata.name === 'string') {
    const catalog = isObject(metadata.labels) ? metadata.labels.catalog : undefined;
    const installs = isObject(spec) ? spec.clusterServiceVersionNames : undefined;
    return [metadata.namespace, metadata.name, catalog, installs].filter(Boolean).join('/');
  }
  return typeof name === 'string' ? [kind, name].filter(Boolean).join('/') : undefined;
}

/** Items by name; those that share one are numbered. */
function byName(list: unknown[]): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const item of list) {
    const name = nameOf(item) ?? '';
    let key = name;
    for (let count = 2; Object.hasOwn(named, key); count++) key = `${name} (${count})`;
    named[key] = item;
  }
  return named;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
