import { field, list, text } from '../untrusted';
import type { Cause } from './cause';
import { conditionOf, type Finding, isPatientEnough, type Scene, witness, wordsOf } from './facts';
import { channelNotFound, channelsOf, deadCatalog, versionNotFound } from './resolution';

/** A catalog that is gone or does not answer, where OLM has not said so or calls it healthy. */
export function catalogFinding(scene: Scene): Finding | undefined {
  const { facts, subscription } = scene;
  const { source, sourceNamespace } = subscription.spec;
  const condition = conditionOf(subscription, 'CatalogSourcesUnhealthy');
  const health = healthOf(scene);
  // The condition holds for any catalog of the cluster; what others lack is no trouble here.
  const unhealthy =
    condition && (health === false || condition.message?.includes(`${sourceNamespace}/${source} `))
      ? condition
      : undefined;
  const found = facts.catalogSources?.find(
    ({ metadata }) => metadata.name === source && metadata.namespace === sourceNamespace,
  );
  const words = { detail: wordsOf(unhealthy?.message), since: unhealthy?.lastTransitionTime };
  if (!found) {
    const missing = unhealthy?.message?.includes(`${sourceNamespace}/${source} missing`) === true;
    const unlisted = facts.catalogSources !== undefined && health === undefined && isPatientEnough(scene);
    if (!missing && !unlisted) return undefined;
    const cause: Cause = { id: 'catalogMissing', catalog: source, catalogNamespace: sourceNamespace };
    const says = witness(
      subscription,
      unhealthy ? 'status.conditions[CatalogSourcesUnhealthy]' : 'spec.source',
    );
    return { cause, says, ...words };
  }
  const state = found.status?.connectionState?.lastObservedState ?? '';
  // An idle connection wakes up when it is asked.
  const dead = !['', 'READY', 'IDLE'].includes(state) && isPatientEnough(scene);
  // OLM says there what is wrong with the CatalogSource itself, for instance `SpecInvalidError`.
  const wrong = state === '' && text(field(found.status, 'reason'), 100).endsWith('Error');
  if (!dead && !wrong && (!unhealthy || state === 'READY')) return undefined;
  const cause = deadCatalog(scene, sourceNamespace, source);
  const detail = words.detail ?? wordsOf(field(found.status, 'message'));
  const says = witness(found, wrong ? 'status.message' : 'status.connectionState');
  return { cause, says, since: words.since, detail };
}

/**
 * What OLM thinks of the Subscription's own catalog. It lists every catalog that it looks at in `status.catalogHealth`,
 * those that the user may not read among them.
 */
function healthOf({ subscription }: Scene): boolean | undefined {
  const { source, sourceNamespace } = subscription.spec;
  const entries = list(field(subscription.status, 'catalogHealth'), (entry) => entry, 500);
  const own = entries.find((entry) => {
    const reference = field(entry, 'catalogSourceRef');
    return field(reference, 'name') === source && field(reference, 'namespace') === sourceNamespace;
  });
  return own === undefined ? undefined : field(own, 'healthy') === true;
}

/** The catalog does not have what the Subscription asks for, and OLM has not said so yet. */
export function packageFinding(scene: Scene): Finding | undefined {
  const { packageManifest } = scene.facts;
  const { spec, status } = scene.subscription;
  if (packageManifest === undefined || status?.currentCSV || !isPatientEnough(scene)) return undefined;
  const told = (cause: Cause, at: string): Finding => ({ cause, says: witness(scene.subscription, at) });
  if (packageManifest === null) {
    return told({ id: 'packageNotFound', package: spec.name, catalog: spec.source }, 'spec.name');
  }
  const channel = spec.channel || text(field(field(packageManifest, 'status'), 'defaultChannel'), 253);
  const found = channelsOf(packageManifest).find((it) => field(it, 'name') === channel);
  if (!found) return told(channelNotFound(scene, channel, spec.name), 'spec.channel');
  const versions = list(field(found, 'entries'), (entry) => text(field(entry, 'name'), 253), 1000);
  if (!spec.startingCSV || versions.length === 0 || versions.includes(spec.startingCSV)) return undefined;
  return told(versionNotFound(scene, spec.startingCSV, channel, spec.name), 'spec.startingCSV');
}
