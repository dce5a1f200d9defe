import { describe, expect, test } from 'vitest';
import { clusterServiceVersion, installPlan, subscription } from '../testing';
import { actionsFor } from './actions';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import {
  facts,
  heading,
  object,
  operatorGroup,
  owned,
  planned,
  saying,
  unresolved,
  version,
  waitingPod,
} from './testing';

const offered = (changes: Partial<DiagnosisFacts>) => {
  const all = facts(changes);
  return actionsFor(diagnose(all), all);
};
const idsOf = (changes: Partial<DiagnosisFacts>) => offered(changes).map(({ id }) => id);
const channels = (modes: string[]) => ({
  status: {
    channels: [
      { name: 'stable', currentCSVDesc: { installModes: modes.map((type) => ({ type, supported: true })) } },
    ],
  },
});
const missing = saying({ type: 'InstallPlanMissing', reason: 'ReferencedInstallPlanNotFound' });
const planGone = { ...missing, status: { ...missing.status, installPlanRef: { name: 'p' } } };

describe('what is offered', () => {
  test.each<[string, Partial<DiagnosisFacts>, object]>([
    ['its own namespace', { packageManifest: channels(['OwnNamespace']) }, { targetNamespaces: ['demo'] }],
    ['all namespaces, where it supports nothing else', { packageManifest: channels(['AllNamespaces']) }, {}],
    ['its own namespace, where nothing is known', {}, { targetNamespaces: ['demo'] }],
  ])('against a missing OperatorGroup is one that watches %s', (_, changes, spec) => {
    const [create] = offered({ operatorGroups: [], ...changes });
    expect(create).toMatchObject({ id: 'createOperatorGroup', safe: true, writes: [{ manifest: { spec } }] });
  });

  test('against a missing OperatorGroup watches what the Subscription says, as the platform reads it', () => {
    const own = subscription({});
    own.metadata.annotations = { 'cpaas.io/target-namespaces': 'a, b' };
    const [create] = offered({ operatorGroups: [], subscription: own, subscriptionsInNamespace: [own] });
    expect(create?.writes[0]).toMatchObject({ manifest: { spec: { targetNamespaces: ['a', 'b'] } } });
  });

  test('against two OperatorGroups is the deletion of either, and never called safe', () => {
    const groups = [operatorGroup('first'), operatorGroup('second')];
    expect(offered({ operatorGroups: groups }).map(({ id, target, safe }) => [id, target, safe])).toEqual([
      ['deleteOperatorGroup', 'first', false],
      ['deleteOperatorGroup', 'second', false],
    ]);
  });

  test('against a dead catalog is a restart of its pod; one that all need is never deleted', () => {
    const pod = object('Pod', 'platform-abc', {
      namespace: 'cpaas-system',
      labels: { 'olm.catalogSource': 'platform' },
    });
    const dead = unresolved('error using catalogsource cpaas-system/platform: failed to list bundles');
    expect(offered({ ...dead, pods: [pod] })).toMatchObject([
      { id: 'restartCatalog', writes: [{ verb: 'delete', kind: 'Pod', uid: 'uid-of-platform-abc' }] },
    ]);
    expect(idsOf(dead)).toEqual([]);
  });

  test('against a plan that is gone is to subscribe again, with what was asked for and nothing else', () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}', kept: 'yes' };
    const own = { ...planGone, metadata: { ...planGone.metadata, annotations } };
    const [again] = offered({ subscription: own });
    expect(again).toMatchObject({
      id: 'reinstall',
      safe: false,
      writes: [
        { verb: 'delete', kind: 'Subscription', uid: own.metadata.uid },
        { verb: 'create', kind: 'Subscription', manifest: { metadata: { annotations: { kept: 'yes' } } } },
      ],
    });
    expect(JSON.stringify(again)).not.toContain('last-applied');
  });

  test('is never to subscribe again while an earlier version runs, or that is not known', () => {
    const upgrade = { ...planGone, status: { ...planGone.status, installedCSV: 'kiali.v0.9.0' } };
    const runs = [clusterServiceVersion('kiali.v0.9.0', 'Succeeded')];
    expect(idsOf({ subscription: upgrade, clusterServiceVersions: runs })).toEqual([]);
    expect(idsOf({ subscription: planGone, clusterServiceVersions: undefined })).toEqual([]);
  });

  test('against a plan that waits is its review, and nothing that writes', () => {
    expect(offered(planned({}))).toMatchObject([{ id: 'reviewPlan', values: { plan: 'p' }, writes: [] }]);
  });

  test('is to clean up plans that lie about, after the cure, and first where such a plan is the cause', () => {
    const uid = heading.metadata.uid;
    const superseded = { ...installPlan('old'), metadata: owned('old', 'kiali') };
    superseded.metadata.ownerReferences = [{ kind: 'Subscription', name: 'kiali', uid }];
    superseded.metadata.creationTimestamp = '2025-12-31T00:00:00Z';
    const waiting = planned({});
    const all = { ...waiting, installPlans: [superseded, ...(waiting.installPlans ?? [])] };
    expect(offered(all)).toMatchObject([
      { id: 'reviewPlan', values: { plan: 'p' } },
      { id: 'cleanUpPlan', target: 'old', writes: [] },
    ]);
    expect(idsOf({ installPlans: [installPlan('left')] })).toEqual(['cleanUpPlan', 'reviewPlan']);
    expect(idsOf({ ...all, subscriptionsInNamespace: undefined })).toEqual(['reviewPlan']);
  });

  test('against a pod that does not start are its Events; nothing where it runs', () => {
    expect(idsOf({ ...version('Installing'), ...waitingPod('ImagePullBackOff') })).toEqual(['showEvents']);
    expect(idsOf(version('Succeeded'))).toEqual([]);
  });
});
