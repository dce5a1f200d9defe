import { field, text } from '../untrusted';
import { deadCatalog, healthOf, isElsewhere } from './catalog-health';
import type { Cause } from './cause';
import { conditionOf, type Finding, isPatientEnough, type Scene, witness, wordsOf } from './facts';
import { offerTrouble } from './offer';

/** A catalog that is gone or does not answer, where OLM has not said so or calls it healthy. */
export function catalogFinding(scene: Scene): Finding | undefined {
  const { facts, subscription } = scene;
  const { source, sourceNamespace } = subscription.spec;
  const condition = conditionOf(subscription, 'CatalogSourcesUnhealthy');
  const health = healthOf(scene, source, sourceNamespace);
  // The condition holds for any catalog of the cluster; what others lack is no trouble here.
  const unhealthy =
    condition &&
    (health === false ||
      condition.reason === 'NoCatalogSourcesFound' ||
      condition.message?.includes(`${sourceNamespace}/${source} `))
      ? condition
      : undefined;
  const found = facts.catalogSources?.find(
    ({ metadata }) => metadata.name === source && metadata.namespace === sourceNamespace,
  );
  const words = { detail: wordsOf(unhealthy?.message), since: unhealthy?.lastTransitionTime };
  if (!found) {
    const missing =
      unhealthy?.reason === 'NoCatalogSourcesFound' ||
      unhealthy?.message?.includes(`${sourceNamespace}/${source} missing`) === true;
    const unlisted = facts.catalogSources !== undefined && health === undefined && isPatientEnough(scene);
    if (!missing && !unlisted) return undefined;
    const cause: Cause = { id: 'catalogMissing', catalog: source, catalogNamespace: sourceNamespace };
    const says = witness(
      subscription,
      unhealthy ? 'status.conditions[CatalogSourcesUnhealthy]' : 'spec.source',
    );
    return { cause, says, ...words };
  }
  if (isElsewhere(scene, source, sourceNamespace)) {
    const says = witness(subscription, 'status.conditions[CatalogSourcesUnhealthy]');
    const cause: Cause = {
      id: 'catalogMissing',
      catalog: source,
      catalogNamespace: sourceNamespace,
      elsewhere: true,
    };
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

/** The catalog does not have what the Subscription asks for, and OLM has not said so yet. */
export function packageFinding(scene: Scene): Finding | undefined {
  const { subscription } = scene;
  if (subscription.status?.currentCSV || !isPatientEnough(scene)) return undefined;
  const cause = offerTrouble(scene);
  return cause && { cause, says: witness(subscription, asked[cause.id]) };
}

const asked: Partial<Record<Cause['id'], string>> = {
  packageNotFound: 'spec.name',
  channelNotFound: 'spec.channel',
  versionNotFound: 'spec.startingCSV',
};
