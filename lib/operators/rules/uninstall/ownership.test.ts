import { describe, expect, test } from 'vitest';
import { clusterServiceVersion, subscription } from '../testing';
import { componentLabel, ownVersions, packageOf } from './ownership';

const subject = { namespace: 'demo', package: 'kiali' };
const label = componentLabel('kiali', 'demo');
const csv = clusterServiceVersion;
const labelled = (name: string, namespace = 'demo') => {
  const version = csv(name, 'Succeeded', namespace);
  return { ...version, metadata: { ...version.metadata, labels: { [label]: '' } } };
};
const namesOf = (...input: Parameters<typeof ownVersions>) =>
  ownVersions(...input).map(({ metadata }) => metadata.name);

describe('the versions that go with a Subscription', () => {
  test('are those that it names', () => {
    const own = subscription({ installedCSV: 'kiali.v1.0.0', currentCSV: 'kiali.v1.1.0' });
    const all = [csv('kiali.v1.0.0', 'Succeeded'), csv('kiali.v1.1.0', 'Pending'), csv('jaeger.v1.0.0', '')];
    expect(namesOf(subject, own, all, [])).toEqual(['kiali.v1.0.0', 'kiali.v1.1.0']);
  });

  test('and in the middle of an upgrade those that they replace', () => {
    const own = subscription({ installedCSV: 'kiali.v1.1.0', currentCSV: 'kiali.v1.1.0' });
    const next = { ...csv('kiali.v1.1.0', 'Installing'), spec: { replaces: 'kiali.v1.0.0' } };
    const all = [csv('kiali.v1.0.0', 'Replacing'), next];
    expect(namesOf(subject, own, all, [])).toEqual(['kiali.v1.1.0', 'kiali.v1.0.0']);
  });

  test('are found by the label of OLM when the Subscription is gone', () => {
    expect(
      namesOf(subject, undefined, [labelled('kiali.v1.0.0'), csv('jaeger.v1.0.0', 'Succeeded')], []),
    ).toEqual(['kiali.v1.0.0']);
  });

  test('never are copies, those of other namespaces, or those that another Subscription names', () => {
    const copy = { ...csv('kiali.v1.0.0', 'Succeeded'), status: { phase: 'Succeeded', reason: 'Copied' } };
    const own = subscription({ installedCSV: 'kiali.v1.0.0' });
    expect(namesOf(subject, own, [copy, labelled('kiali.v2.0.0', 'other')], [])).toEqual([]);
    const other = subscription({ installedCSV: 'kiali.v1.0.0' }, 'other');
    expect(namesOf(subject, own, [csv('kiali.v1.0.0', 'Succeeded')], [other])).toEqual([]);
  });
});

describe('the label of a component', () => {
  test.each([
    ['kiali', 'demo', 'operators.coreos.com/kiali.demo'],
    ['a'.repeat(60), 'team-a', `operators.coreos.com/${'a'.repeat(60)}.te`],
    ['a'.repeat(62), 'team-a', `operators.coreos.com/${'a'.repeat(62)}`],
  ])('of %s in %s', (name, namespace, expected) => {
    expect(componentLabel(name, namespace)).toBe(expected);
  });
});

test.each([
  ['{"properties":[{"type":"olm.package","value":{"packageName":"kiali","version":"1.0.0"}}]}', 'kiali'],
  ['{"properties":"no"}', undefined],
  ['not JSON', undefined],
])('the package in the annotation %s is %s', (annotation, expected) => {
  const version = csv('x', '');
  const annotations = { 'operatorframework.io/properties': annotation };
  expect(packageOf({ ...version, metadata: { ...version.metadata, annotations } })).toBe(expected);
});
