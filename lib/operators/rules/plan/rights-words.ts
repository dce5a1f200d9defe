import { type Right, resourceText } from './rights';

export const rightsSubjects = [
  'everything',
  'changeEverything',
  'readEverything',
  'changeRights',
  'impersonate',
  'changeWebhooks',
  'readSecrets',
  'changeSecrets',
  'issueTokens',
  'runCommands',
  'runPods',
  'changeNodes',
  'changeApis',
  'approveCertificates',
  'usePrivileges',
  'allOfGroup',
  'change',
  'read',
  'path',
] as const;
type Subject = (typeof rightsSubjects)[number];

/** A sentence about some rights: the key of a message and what to put into it. */
export interface RightsSentence {
  /** For instance `rights.readSecretsEverywhere`, `rights.changeInNamespace`. */
  key: `rights.${Subject}${'Everywhere' | 'InNamespace'}`;
  subject: Subject;
  everywhere: boolean;
  params: { group?: string; resources?: string; verbs?: string; names?: string };
  /** With it the operator, or who takes it over, can get hold of the cluster or of its secrets. */
  risky: boolean;
  rights: number;
  /** What was allowed before on the same resources: the verbs, and whether they held everywhere. */
  before?: { verbs: string; everywhere: boolean };
}

const READ = new Set(['get', 'list', 'watch']);
const WORKLOADS = new Set([
  'pods',
  'deployments',
  'daemonsets',
  'statefulsets',
  'replicasets',
  'replicationcontrollers',
  'jobs',
  'cronjobs',
]);
const MAX_SENTENCES = 200;
const MAX_WORDS = 12;

/** The subjects that are risky over the whole cluster; the rest is daily bread of operators. */
const RISKY: ReadonlySet<Subject> = new Set(
  rightsSubjects.slice(0, rightsSubjects.indexOf('allOfGroup')).filter((subject) => subject !== 'changeApis'),
);

/**
 * Puts rights into sentences, those over the whole cluster first, the risky ones before the others, in the order of
 * `rightsSubjects`. At most 200.
 * @param before rights that stood in their place, so that each sentence tells what they were
 */
export function describeRights(rights: readonly Right[], before: readonly Right[] = []): RightsSentence[] {
  const earlier = byResource(before);
  const groups = new Map<string, { subject: Subject; rights: Right[] }>();
  for (const right of rights) {
    const subject = subjectOf(right);
    const key = [right.scope, subject, partOf(subject, right)].join('\n');
    const group = groups.get(key);
    if (group) group.rights.push(right);
    else groups.set(key, { subject, rights: [right] });
  }
  return mergeAlike([...groups.values()])
    .sort((left, right) => orderOf(left) - orderOf(right))
    .slice(0, MAX_SENTENCES)
    .map(({ subject, rights: members }) => ({
      ...sentence(subject, members),
      ...earlierWords(members, earlier),
    }));
}

function byResource(rights: readonly Right[]): Map<string, Right[]> {
  const found = new Map<string, Right[]>();
  for (const right of rights) {
    const key = resourceOf(right);
    const known = found.get(key);
    if (known) known.push(right);
    else found.set(key, [right]);
  }
  return found;
}

function resourceOf({ group, resource }: Right): string {
  return `${group}/${resource}`;
}

function earlierWords(
  rights: readonly Right[],
  earlier: ReadonlyMap<string, Right[]>,
): Pick<RightsSentence, 'before'> {
  const known = [...new Set(rights.map(resourceOf))].flatMap((resource) => earlier.get(resource) ?? []);
  if (known.length === 0) return {};
  const everywhere = known.some(({ scope }) => scope === 'cluster');
  const told = known.filter(({ scope }) => !everywhere || scope === 'cluster');
  return { before: { verbs: joined(told.map(({ verb }) => verb)), everywhere } };
}

function isRisky(subject: Subject, rights: readonly Right[]): boolean {
  const [first] = rights;
  if (first?.scope !== 'cluster') return subject === 'everything';
  // The core group holds the Secrets.
  const risky = RISKY.has(subject) || (subject === 'allOfGroup' && first.group === '');
  return risky && rights.some(({ resourceName }) => !resourceName);
}

function orderOf({ subject, rights: [first] }: { subject: Subject; rights: Right[] }): number {
  return rightsSubjects.indexOf(subject) + (first?.scope === 'cluster' ? 0 : rightsSubjects.length);
}

function sentence(subject: Subject, rights: readonly Right[]): RightsSentence {
  const [first] = rights;
  const everywhere = first?.scope === 'cluster';
  return {
    key: `rights.${subject}${everywhere ? 'Everywhere' : 'InNamespace'}`,
    subject,
    everywhere,
    params: {
      group: subject === 'allOfGroup' ? first?.group || 'core' : undefined,
      resources: joined(rights.map(resourceText)),
      verbs: joined(rights.map(({ verb }) => verb)),
      names: namesOf(rights),
    },
    risky: isRisky(subject, rights),
    rights: rights.length,
  };
}

/** The objects that rights are limited to; none as soon as one of them is not limited. */
function namesOf(rights: readonly Right[]): string | undefined {
  const limited = rights.every(({ resourceName }) => resourceName !== undefined);
  return limited ? joined(rights.flatMap(({ resourceName }) => resourceName ?? [])) : undefined;
}

/** Rights of these subjects are told resource by resource; of the others all at once. */
function partOf(subject: Subject, right: Right | undefined): string {
  if (subject === 'allOfGroup') return right?.group ?? '';
  if (subject !== 'change' && subject !== 'read') return '';
  return `${right?.group}/${right?.resource}/${right?.resourceName ?? ''}`;
}

/** `get, list on a` and `get, list on b` become `get, list on a, b`. */
function mergeAlike(groups: readonly { subject: Subject; rights: Right[] }[]) {
  const merged = new Map<string, { subject: Subject; rights: Right[] }>();
  for (const { subject, rights } of groups) {
    const verbs = [...new Set(rights.map(({ verb }) => verb))].sort().join(',');
    const [first] = rights;
    const told =
      subject === 'change' || subject === 'read' ? `${verbs}/${namedOf(first)}` : partOf(subject, first);
    const key = [subject, first?.scope, told].join('\n');
    const group = merged.get(key);
    if (group) group.rights.push(...rights);
    else merged.set(key, { subject, rights: [...rights] });
  }
  return [...merged.values()];
}

/** Names are told with the one resource that they belong to. */
function namedOf(right: Right | undefined): string {
  return right?.resourceName === undefined ? '' : `${right.group}/${right.resource}`;
}

/** What a right is worth to somebody who means harm. */
function subjectOf({ group, resource, verb }: Right): Subject {
  if (group === undefined) return 'path';
  const reads = READ.has(verb);
  const [kind = '', sub = ''] = resource.split('/');
  const any = resource === '*';
  if (any && group === '*')
    return verb === '*' ? 'everything' : reads ? 'readEverything' : 'changeEverything';
  if (verb === 'impersonate') return 'impersonate';
  if (verb === 'escalate' || verb === 'bind') return 'changeRights';
  if (group === 'rbac.authorization.k8s.io' && !reads) return 'changeRights';
  if (group === 'admissionregistration.k8s.io' && !reads) return 'changeWebhooks';
  if ((group === '' || group === '*') && (kind === 'secrets' || (any && reads))) {
    return reads || verb === '*' ? 'readSecrets' : 'changeSecrets';
  }
  if (kind === 'serviceaccounts' && sub === 'token') return 'issueTokens';
  if (kind === 'pods' && ['exec', 'attach', 'portforward', 'ephemeralcontainers'].includes(sub))
    return 'runCommands';
  if (kind === 'nodes' && (!reads || sub === 'proxy')) return 'changeNodes';
  if (group === 'apiextensions.k8s.io' || group === 'apiregistration.k8s.io')
    return reads ? 'read' : 'changeApis';
  if (group === 'certificates.k8s.io' && (sub === 'approval' || sub === 'status' || verb === 'approve'))
    return 'approveCertificates';
  if (verb === 'use') return 'usePrivileges';
  if (any) return 'allOfGroup';
  if (WORKLOADS.has(kind) && sub === '' && !reads && verb !== 'delete' && verb !== 'deletecollection')
    return 'runPods';
  return reads ? 'read' : 'change';
}

function joined(words: readonly string[]): string {
  const unique = [...new Set(words)];
  const shown = unique.slice(0, MAX_WORDS).join(', ');
  return unique.length > MAX_WORDS ? `${shown}, …` : shown;
}
