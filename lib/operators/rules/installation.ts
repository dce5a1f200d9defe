import { shallowYaml } from '@/lib/yaml/shallow';
import type { InstallInput, InstallNamespace } from '../install-contract';
import { approveFirstAnnotation } from './first-approval';
import { type Installable, watchedNamespaces } from './install-modes';
import type { ManifestObject } from './objects';

const MAX_NAME = 253;
const MAX_LABEL_VALUE = 63;

/**
 * The objects that an installation creates, in the order in which they are sent: Namespace when it is
 * missing, OperatorGroup where the console makes it, Subscription. The page's preview and the server use
 * this same plan, so what is shown is what is created.
 * @param input has passed `checkInstallation`
 * @param namespace what is known of the chosen namespace; `undefined` when it does not exist yet
 */
export function planInstallation(
  operator: Installable,
  input: InstallInput,
  namespace?: InstallNamespace,
): ManifestObject[] {
  const groupNeeded = operator.operatorGroupBy === 'console' && !namespace?.operatorGroups.length;
  return [
    ...(namespace ? [] : [namespaceManifest(operator, input)]),
    ...(groupNeeded ? [operatorGroupManifest(input)] : []),
    subscriptionManifest(operator, input, namespace),
  ];
}

/** The operator's own template gives labels and annotations, such as the level of Pod security that it needs. */
function namespaceManifest(operator: Installable, input: InstallInput): ManifestObject {
  const { labels = {}, annotations = {} } =
    operator.channels.find(({ name }) => name === input.channel)?.namespaceTemplate ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: input.namespace,
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
  };
}

function operatorGroupManifest(input: InstallInput): ManifestObject {
  const targetNamespaces = watchedNamespaces(input);
  return {
    apiVersion: 'operators.coreos.com/v1',
    kind: 'OperatorGroup',
    metadata: { generateName: `${input.namespace}-`, namespace: input.namespace },
    // No target namespaces at all is how an OperatorGroup says "every namespace".
    spec: targetNamespaces.length > 0 ? { targetNamespaces } : {},
  };
}

function subscriptionManifest(
  operator: Installable,
  input: InstallInput,
  namespace: InstallNamespace | undefined,
): ManifestObject {
  const entry = operator.channels
    .find(({ name }) => name === input.channel)
    ?.entries.find(({ version }) => version === input.version);
  // The platform's own console marks its Subscriptions so; a label's value is shorter than a name may be.
  const label = operator.operatorGroupBy === 'platform' && operator.catalog.length <= MAX_LABEL_VALUE;
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'Subscription',
    metadata: {
      name: subscriptionName(operator.name, namespace?.subscriptions.map(({ name }) => name) ?? []),
      namespace: input.namespace,
      ...(label ? { labels: { catalog: operator.catalog } } : {}),
      // The platform's controller makes the OperatorGroup from it; `""` means cluster-wide.
      annotations: {
        'cpaas.io/target-namespaces': watchedNamespaces(input).join(','),
        ...(input.approveFirst && input.approval === 'Manual' && entry
          ? { [approveFirstAnnotation]: entry.name }
          : {}),
      },
    },
    spec: {
      channel: input.channel,
      installPlanApproval: input.approval,
      name: operator.name,
      source: operator.catalog,
      sourceNamespace: operator.catalogNamespace,
      ...(input.approval === 'Manual' && entry ? { startingCSV: entry.name } : {}),
      ...(input.config && Object.keys(input.config).length > 0 ? { config: input.config } : {}),
    },
  };
}

/**
 * The name of a Subscription: the package's, made to follow Kubernetes' rules (RFC 1123 subdomain, at most
 * 253 characters), with a number behind when another package has taken it.
 */
export function subscriptionName(packageName: string, taken: readonly string[]): string {
  const base = clean(packageName.toLowerCase().replace(/[^a-z0-9.-]/g, '-'), MAX_NAME) || 'operator';
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`;
    const name = clean(base, MAX_NAME - suffix.length) + suffix;
    if (!taken.includes(name)) return name;
  }
}

function clean(name: string, length: number): string {
  return name
    .slice(0, length)
    .replace(/^[^a-z0-9]+/, '')
    .replace(/[^a-z0-9]+$/, '');
}

/** Objects as YAML documents, quoted for YAML 1.1, which kubectl reads. */
export function toYaml(manifests: readonly object[]): string {
  return manifests.map((manifest) => shallowYaml(manifest, { version: '1.1', lineWidth: 0 })).join('---\n');
}

/**
 * The kubectl commands that do the same. `create` and not `apply`: an OperatorGroup gets a generated name,
 * and nothing that exists may be overwritten.
 */
export function toCommands(manifests: readonly ManifestObject[], cluster: string): string[] {
  return manifests.map((manifest) => hereDocument(toYaml([manifest]), cluster));
}

/** The kubectl command that creates the object of a YAML document, whatever that contains. */
export function hereDocument(yaml: string, cluster: string): string {
  const end = delimiter(yaml);
  return `kubectl --context ${shellQuote(cluster)} create -f - <<'${end}'\n${yaml}${end}`;
}

/** Quotes a word for a POSIX shell. */
export function shellQuote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A line that ends a here-document and that the document itself does not contain. */
function delimiter(document: string): string {
  const lines = new Set(document.split('\n'));
  let end = 'YAML';
  while (lines.has(end)) end += '_';
  return end;
}
