import type { OperatorGroup, Step } from '../api.ts';
import { inlineManifests } from '../catalog/manifests.ts';
import type { OlmContext } from '../context.ts';
import type { ResolvedOperator } from '../resolver/resolve.ts';
import { bundleTimeoutSeconds } from './bundle-timeout.ts';
import { type BundleOrigin, stepsOf } from './steps.ts';
import { synthesised } from './synthesise.ts';
import { type Unpacked, unpackBundle } from './unpack.ts';

/** How far the bundles of a resolution are: their steps when all are unpacked. */
export type BundleSteps =
  | { state: 'pending' }
  | { state: 'done'; steps: Step[] }
  | { state: 'failed'; reason: string; message: string };

/** Unpacks the bundles of a resolution, all at once, and makes the steps of one plan of them. Call again while pending. */
export async function bundleSteps(
  olm: OlmContext,
  namespace: string,
  group: OperatorGroup,
  resolved: ResolvedOperator[],
): Promise<BundleSteps> {
  const timeoutSeconds = bundleTimeoutSeconds(group);
  const steps: Step[] = [];
  let pending = false;
  for (const { candidate } of resolved) {
    const { bundle, catalog, replaces } = candidate.bundle;
    const origin: BundleOrigin = {
      bundle,
      replaces,
      catalogName: catalog.name,
      catalogNamespace: catalog.namespace,
      namespace,
    };
    const inline = inlineManifests(bundle);
    if (inline.length > 0) {
      steps.push(...stepsOf(inline, origin));
      continue;
    }
    const unpacked = await unpackImage(olm, origin, timeoutSeconds);
    if (unpacked.state === 'failed') return unpacked;
    if (unpacked.state === 'pending') pending = true;
    else if ('manifests' in unpacked) {
      steps.push(...stepsOf(unpacked.manifests, { ...origin, ...configMapOf(unpacked) }));
    }
  }
  return pending ? { state: 'pending' } : { state: 'done', steps };
}

function configMapOf(unpacked: Unpacked): Pick<BundleOrigin, 'configMap'> {
  return unpacked.state === 'done' && unpacked.configMap.name !== '' ? { configMap: unpacked.configMap } : {};
}

async function unpackImage(olm: OlmContext, origin: BundleOrigin, timeoutSeconds: number): Promise<Unpacked> {
  const { bundle } = origin;
  if (olm.synthesise && !(await olm.images.has(bundle.image))) {
    return { state: 'done', manifests: synthesised(bundle), configMap: { name: '', namespace: '' } };
  }
  const source = olm.catalogSources.get(`${origin.catalogNamespace}/${origin.catalogName}`);
  if (!source) return { state: 'pending' };
  return unpackBundle(olm, bundle.image, source, timeoutSeconds);
}
