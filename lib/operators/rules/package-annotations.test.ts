import { describe, expect, test } from 'vitest';
import {
  initializationResource,
  internalObjects,
  isLabelKey,
  isLabelValue,
  namespaceTemplate,
} from './package-annotations';

const template = 'operatorframework.io/suggested-namespace-template';
const resource = 'operatorframework.io/initialization-resource';
const internal = 'operators.operatorframework.io/internal-objects';
const nonsense = [undefined, 7, {}, '', 'no JSON', 'null', '[]', '"text"', '7', '{"metadata":7}', '{"a":1}'];

describe('annotations of a package', () => {
  test.each(nonsense)('%j is no template, no resource and no list', (value) => {
    expect(namespaceTemplate({ [template]: value })).toBeUndefined();
    expect(initializationResource({ [resource]: value })).toBeUndefined();
    expect(internalObjects({ [internal]: value })).toEqual([]);
  });

  test('without end is not followed', () => {
    const endless = `{"apiVersion":"v1","kind":"X","spec":${'{"a":'.repeat(2500)}1${'}'.repeat(2501)}`;
    expect(initializationResource({ [resource]: endless })?.yaml).toMatch(/^# .* levels deep\n$/);
  });

  test('a template gives name, labels and annotations; what Kubernetes would refuse is dropped', () => {
    const value = JSON.stringify({
      kind: 'Namespace',
      metadata: {
        name: 'metallb-system',
        labels: {
          'pod-security.kubernetes.io/enforce': 'privileged',
          'not a key': 'x',
          bad: 'not a value!',
          number: 7,
        },
        annotations: { 'openshift.io/node-selector': 'a=b, c', 'x/y/z': 'x' },
      },
    });
    expect(namespaceTemplate({ [template]: value })).toEqual({
      name: 'metallb-system',
      labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
      annotations: { 'openshift.io/node-selector': 'a=b, c' },
    });
  });

  test('a template can not reach the prototype of objects', () => {
    const value = '{"metadata":{"labels":{"__proto__":"x","constructor":"y"}}}';
    const labels = namespaceTemplate({ [template]: value })?.labels;
    expect(labels).toEqual({ constructor: 'y' });
    expect(Object.getPrototypeOf(labels)).toBe(Object.prototype);
  });

  test('the initialization resource is told as YAML', () => {
    const value = JSON.stringify({ apiVersion: 'a/v1', kind: 'Cluster', metadata: { name: 'x' } });
    expect(initializationResource({ [resource]: value })).toEqual({
      kind: 'Cluster',
      yaml: 'apiVersion: a/v1\nkind: Cluster\nmetadata:\n  name: x\n',
    });
  });

  test('internal objects are a list of names', () => {
    expect(internalObjects({ [internal]: '["a.example.com",7]' })).toEqual(['a.example.com']);
  });
});

test.each([
  ['disk', true],
  ['example.com/disk', true],
  ['Example.com/disk', false],
  ['a/b/c', false],
  ['/a', false],
  ['-a', false],
  ['a'.repeat(64), false],
  [`${'a'.repeat(63)}.b/c`, true],
  ['', false],
])('%s is a key of a label: %s', (key, expected) => expect(isLabelKey(key)).toBe(expected));

test.each([
  ['', true],
  ['ssd', true],
  ['a b', false],
  ['a-', false],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
])('%s is a value of a label: %s', (value, expected) => expect(isLabelValue(value)).toBe(expected));
