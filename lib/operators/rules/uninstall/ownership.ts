import { type ClusterServiceVersionObject, isCopied, type SubscriptionObject } from '../objects';
import { field, list, optionalText, text } from '../untrusted';

/**
 * The label with which OLM ties Subscription, ClusterServiceVersions, CustomResourceDefinitions and more to one
 * operator: `operators.coreos.com/<package>.<namespace>`, its name cut to the 63 characters of a label. It stays on
 * what is left when the Subscription is gone.
 */
export function componentLabel(packageName: string, namespace: string): string {
  const name = `${packageName}.${namespace}`;
  return `operators.coreos.com/${name.length <= 63 ? name : name.slice(0, 63).replace(/[-._]+$/, '')}`;
}

/** The package that a ClusterServiceVersion says it is of, in the annotation that OLM copies from its bundle. */
export function packageOf({ metadata }: ClusterServiceVersionObject): string | undefined {
  const annotation = metadata.annotations?.['operatorframework.io/properties'];
  if (!annotation || annotation.length > 200_000) return undefined;
  try {
    const properties = list(field(JSON.parse(annotation), 'properties'), (property) =>
      text(field(property, 'type')) === 'olm.package'
        ? optionalText(field(field(property, 'value'), 'packageName'), 253)
        : undefined,
    );
    return properties[0];
  } catch {
    return undefined;
  }
}

/**
 * The ClusterServiceVersions that go with a Subscription, also when it is gone already: those that it names, those
 * that they replace and that still stand, and those that OLM labelled as the operator's. Never a copy of another
 * namespace's, and never one that another Subscription names.
 */
export function ownVersions(
  subject: { namespace: string; package: string },
  subscription: SubscriptionObject | undefined,
  versions: readonly ClusterServiceVersionObject[],
  others: readonly SubscriptionObject[],
): ClusterServiceVersionObject[] {
  const claimed = new Set(others.flatMap(namesOf));
  const candidates = versions.filter(
    (version) =>
      version.metadata.namespace === subject.namespace &&
      !isCopied(version) &&
      !claimed.has(version.metadata.name),
  );
  const label = componentLabel(subject.package, subject.namespace);
  const named = new Set(subscription ? namesOf(subscription) : []);
  const own = new Set(
    candidates.filter(
      (version) =>
        named.has(version.metadata.name) ||
        version.metadata.labels?.[label] !== undefined ||
        packageOf(version) === subject.package,
    ),
  );
  // During an upgrade the replaced version still stands; a chain is followed to its end.
  for (const version of own) {
    const replaced = candidates.find(({ metadata }) => metadata.name === version.spec?.replaces);
    if (replaced) own.add(replaced);
  }
  return [...own];
}

function namesOf({ status }: SubscriptionObject): string[] {
  return [status?.installedCSV ?? '', status?.currentCSV ?? ''].filter((name) => name !== '');
}
