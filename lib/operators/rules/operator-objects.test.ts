import { expect, test } from 'vitest';
import { describeEvents, type EventObject, installationObjects } from './operator-objects';
import { clusterServiceVersion, installPlan, subscription } from './testing';

const version = clusterServiceVersion('kiali.v1.0.0', 'Installing');
version.spec = { ...version.spec, install: { spec: { deployments: [{ name: 'kiali-operator' }, {}] } } };
const own = subscription({ currentCSV: 'kiali.v1.0.0', plan: 'install-a' });
const facts = {
  clusterServiceVersions: [version, clusterServiceVersion('other.v1.0.0', 'Succeeded')],
  installPlans: [installPlan('install-a'), installPlan('install-b')],
  now: 0,
};

function event(kind: string, name: string, seconds: number, namespace = 'demo'): EventObject {
  const lastTimestamp = new Date(seconds * 1000).toISOString();
  const metadata = {
    name: `${name}.${seconds}`,
    namespace,
    uid: '',
    resourceVersion: '1',
    creationTimestamp: lastTimestamp,
  };
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    involvedObject: { kind, name },
    lastTimestamp,
    reason: 'R',
  };
}

test('an installation is its Subscription, its plan and the ClusterServiceVersion that it names', () => {
  expect(installationObjects(own, facts).map(({ metadata }) => metadata.name)).toEqual([
    'kiali',
    'install-a',
    'kiali.v1.0.0',
  ]);
});

test('its Events are those of its objects, Deployments and their Pods, newest first', () => {
  const events = [
    event('ClusterServiceVersion', 'kiali.v1.0.0', 1),
    event('Pod', 'kiali-operator-7d9f-abcde', 3),
    event('Deployment', 'kiali-operator', 2),
    event('Deployment', 'kiali-operator-of-others', 4),
    event('Pod', 'kiali-operator-7d9f-abcde', 5, 'elsewhere'),
    event('Pod', 'unrelated', 6),
  ];
  expect(describeEvents(events, installationObjects(own, facts)).map(({ object }) => object.kind)).toEqual([
    'Pod',
    'Deployment',
    'ClusterServiceVersion',
  ]);
});

test('an Event of the newer API tells its repetitions as a series', () => {
  const { lastTimestamp: _, ...older } = event('Subscription', 'kiali', 1);
  const newer = {
    ...older,
    lastTimestamp: null,
    count: 0,
    eventTime: '1970-01-01T00:00:02.000000Z',
    series: { count: 7, lastObservedTime: '1970-01-01T00:00:09.123456Z' },
  };
  expect(describeEvents([newer], installationObjects(own, facts))).toMatchObject([
    { count: 7, lastSeen: '1970-01-01T00:00:09.123456Z' },
  ]);
});

test('an Event with nothing in it does no harm', () => {
  const { metadata } = event('', '', 0);
  expect(
    describeEvents([{ apiVersion: 'v1', kind: 'Event', metadata }], installationObjects(own, facts)),
  ).toEqual([]);
});
