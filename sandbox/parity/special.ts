import { expect, vi } from 'vitest';
import { at, isObject } from '../apiserver/json.ts';
import type { KubeObject } from '../client/types.ts';
import { bodyDifferences, differences, headDifferences } from './compare.ts';
import { failedResolutionAgrees } from './quirk.ts';
import { type Recording, recordedValue, recording, recordingText } from './recordings.ts';
import { get, replay } from './replay.ts';
import { Stories } from './stories.ts';
import type { World } from './world.ts';

/** How a recording is compared with the world: the lines tell where it differs. */
export type Check = (world: World, file: string) => Promise<string[]>;

/** A request and its answer. */
export const answerAgrees: Check = async ({ cluster }, file) => {
  const real = wholeRecording(file);
  return differences(real, await replay(cluster, real));
};

/** A watch of 75 seconds, which need not be real ones. */
const bookmarksAgree: Check = async ({ cluster }, file) => {
  const real = wholeRecording(file);
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
  try {
    const answer = replay(cluster, real);
    await vi.advanceTimersByTimeAsync(76_000);
    return differences(real, await answer);
  } finally {
    vi.useRealTimers();
  }
};

/** A watch from a version that is forgotten, once the history is compacted. */
const forgottenAgrees: Check = async (world, file) => {
  world.cluster.server.compact();
  return answerAgrees(world, file);
};

/** The lists of a namespace at the end of a story. */
const scenarioAgrees: Check = async ({ cluster }, file) => {
  const namespace = file.slice('scenario-'.length, -'.json'.length);
  const groups: Record<string, string> = {
    events: '/api/v1',
    operatorgroups: '/apis/operators.coreos.com/v1',
  };
  const found: string[] = [];
  for (const [resource, list] of Object.entries(recordedValue(file))) {
    const group = groups[resource] ?? '/apis/operators.coreos.com/v1alpha1';
    const { body } = await get(cluster, `${group}/namespaces/${namespace}/${resource}`);
    found.push(...bodyDifferences(list, body).map((line) => `${resource}${line}`));
  }
  return found;
};

/** What became of kiali, told object by object. */
const lifecycleAgrees: Check = async ({ stories }, file) => {
  const real = new Stories();
  for (const line of recordingText(file).split('\n')) {
    if (line === '') continue;
    const { event } = JSON.parse(line) as { event?: { type: string; object: KubeObject } };
    if (event && ['ADDED', 'MODIFIED'].includes(event.type)) real.tell(event.object);
  }
  const told = (them: Stories) => Object.fromEntries(real.names.map((name) => [name, them.of(name)]));
  return bodyDifferences(told(real), told(stories));
};

/** The packages of the hub alone, which were recorded before its catalog was swapped or after it. */
const packagesAgree: Check = async ({ cluster, firstPackages }, file) => {
  const real = recordedValue(file);
  const query = '?labelSelector=catalog%3Doperatorhubio-catalog';
  const { body } = await get(cluster, `/apis/packages.operators.coreos.com/v1/packagemanifests${query}`);
  const versions = (list: unknown) => JSON.stringify(list).includes('kiali-operator.v1.36.0');
  expect(versions(firstPackages), 'the first hub has no kiali 1.36.0').toBe(false);
  return bodyDifferences(withoutSource(real), withoutSource(versions(real) ? body : firstPackages));
};

/** A list of PackageManifests without what names the catalog that serves them. */
function withoutSource(list: unknown): unknown {
  const items = (at(list, 'items') as KubeObject[]).map(({ metadata, status, ...rest }) => {
    const { labels: { catalog: _catalog, 'catalog-namespace': _namespace, ...labels } = {} } = metadata;
    const own = Object.entries(status ?? {}).filter(([name]) => !name.startsWith('catalogSource'));
    return { ...rest, metadata: { name: metadata.name, labels }, status: Object.fromEntries(own) };
  });
  return { ...(isObject(list) ? list : {}), items };
}

/** The icon of kiali; of its picture only the beginning was recorded. */
const iconAgrees: Check = async ({ cluster }, file) => {
  const real = recordedValue<Recording>(file);
  const path = '/apis/packages.operators.coreos.com/v1/namespaces/operators/packagemanifests/kiali/icon';
  const { response, body } = await get(cluster, path);
  const picture = String(real.body);
  return [
    ...headDifferences(real, response),
    ...bodyDifferences(picture, String(body).slice(0, picture.length)),
  ];
};

function wholeRecording(file: string): Recording {
  const real = recording(file);
  if (!real) throw new Error(`${file} holds no request: it needs a check of its own in special.ts`);
  return real;
}

/** The recordings that are more, or something else, than a request and its answer. */
const special: [RegExp, Check][] = [
  [/^quirk-resolutionfailed-while-succeeded\.json$/, (_world, file) => failedResolutionAgrees(file)],
  [/^lifecycle-kiali-manual\.jsonl$/, lifecycleAgrees],
  [/^scenario-/, scenarioAgrees],
  [/^watch-bookmarks-70s\.json$/, bookmarksAgree],
  [/^err-410-/, forgottenAgrees],
  [/^packagemanifests\.json$/, packagesAgree],
  [/^packagemanifest-icon\.json$/, iconAgrees],
];

export function checkOf(file: string): Check {
  return special.find(([pattern]) => pattern.test(file))?.[1] ?? answerAgrees;
}
