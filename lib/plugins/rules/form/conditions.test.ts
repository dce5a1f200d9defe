import { describe, expect, test } from 'vitest';
import { matchingFields } from './conditions';
import { deploy, field, ui } from './testing';
import { initialValue, toConfig } from './values';

const shown = (form: ReturnType<typeof deploy>, value: Record<string, unknown>) =>
  [...matchingFields(form, value)].map(({ key }) => key);

describe('a field that depends on another', () => {
  const form = deploy(
    { grafana: { enabled: false, port: 3000 } },
    field('grafana.enabled', ui('booleanSwitch')),
    field('grafana.port', ui('number'), ui('fieldDependency:grafana.enabled:true')),
    field('grafana.path', ui('text'), ui('fieldDependency:grafana.port:3000')),
  );

  test('is shown and sent only while the other has that value', () => {
    expect(shown(form, initialValue(form))).toEqual(['/grafana/enabled']);
    expect(toConfig(form, initialValue(form))).toEqual({ grafana: { enabled: false } });
    const on = { grafana: { enabled: true, port: 3000, path: '/x' } };
    expect(shown(form, on)).toHaveLength(3);
    expect(toConfig(form, on)).toEqual(on);
  });

  test('is not shown when the other is not shown itself', () => {
    expect(shown(form, { grafana: { enabled: false, port: 3000 } })).not.toContain('/grafana/path');
  });

  test('may depend on a key that has no field', () => {
    const other = deploy({ mode: 'ha' }, field('replicas', ui('number'), ui('fieldDependency:mode:ha')));
    expect(shown(other, { mode: 'ha' })).toEqual(['/replicas']);
    expect(shown(other, { mode: 'single' })).toEqual([]);
  });

  test('needs all of its conditions, and one of several values for the same path', () => {
    const other = deploy(
      {},
      field(
        'x',
        ui('text'),
        ui('fieldDependency:a:1'),
        ui('fieldDependency:a:2'),
        ui('fieldDependency:b:true'),
      ),
    );
    expect(shown(other, { a: 2, b: true })).toEqual(['/x']);
    expect(shown(other, { a: 2, b: false })).toEqual([]);
    expect(shown(other, { a: 3, b: true })).toEqual([]);
  });
});

describe('a selector', () => {
  const form = deploy(
    { storage: { type: 'es', es: { nodes: 3, internal: 'x' }, ck: { shards: 1 } } },
    field(
      'storage.type',
      ui('select:es'),
      ui('select:ck'),
      'oneOf:es:storage.es:shared',
      'oneOf:ck:storage.ck:shared',
    ),
    field('storage.es.nodes', ui('number')),
    field('storage.ck.shards', ui('number')),
    field('shared', ui('text')),
  );

  test('shows and sends the branch of its value only', () => {
    expect(toConfig(form, initialValue(form))).toEqual({
      storage: { type: 'es', es: { nodes: 3, internal: 'x' } },
    });
    const ck = {
      ...initialValue(form),
      storage: { type: 'ck', es: { nodes: 3 }, ck: { shards: 2 } },
      shared: 'y',
    };
    expect(shown(form, ck)).toEqual(['/storage/type', '/storage/ck/shards', '/shared']);
    expect(toConfig(form, ck)).toEqual({ storage: { type: 'ck', ck: { shards: 2 } }, shared: 'y' });
  });

  test('shows what both branches name for either value', () => {
    expect(shown(form, initialValue(form))).toContain('/shared');
  });
});

test('one path may have different fields for different values of a selector', () => {
  const form = deploy(
    { type: 'a', size: 1 },
    field('type', ui('select:a'), ui('select:b')),
    field('size', ui('number'), ui('fieldDependency:type:a'), ui('validation:maximum:5')),
    field('size', ui('number'), ui('fieldDependency:type:b'), ui('validation:maximum:50')),
  );
  expect(shown(form, { type: 'b', size: 1 })).toEqual(['/type', '/size#2']);
  expect(toConfig(form, { type: 'b', size: 9 })).toEqual({ type: 'b', size: 9 });
});

test('a hidden field is not sent at installation, but decides what depends on it', () => {
  const form = deploy(
    { mode: 'x', a: 1 },
    field('mode', ui('hidden'), ui('text')),
    field('a', ui('number'), ui('fieldDependency:mode:x')),
  );
  expect(toConfig(form, initialValue(form))).toEqual({ a: 1 });
});

test('fields that depend on each other in a circle are shown, and said so', () => {
  const form = deploy(
    {},
    field('a', ui('text'), ui('fieldDependency:c:1')),
    field('b', ui('text'), ui('fieldDependency:a:1')),
    field('c', ui('text'), ui('fieldDependency:b:1')),
    field('self', ui('text'), ui('fieldDependency:self:1')),
    field('free', ui('text'), ui('fieldDependency:a:1')),
  );
  expect(shown(form, {})).toEqual(['/a', '/b', '/c', '/self']);
  expect(form.notes.map(({ code, path }) => [code, path])).toEqual([
    ['dependency-circle', 'a'],
    ['dependency-circle', 'b'],
    ['dependency-circle', 'c'],
    ['dependency-circle', 'self'],
  ]);
});

test('each member of a list shows what its own values ask for', () => {
  const form = deploy(
    {},
    field('disks[0].kind', ui('arrayFieldGroup:disks'), ui('select:ssd'), ui('select:nfs')),
    field(
      'disks[0].server',
      ui('arrayFieldGroup:disks'),
      ui('text'),
      ui('fieldDependency:disks[0].kind:nfs'),
    ),
  );
  const value = {
    disks: [
      { kind: 'ssd', server: 'old' },
      { kind: 'nfs', server: 'x' },
    ],
  };
  expect(toConfig(form, value)).toEqual({ disks: [{ kind: 'ssd' }, { kind: 'nfs', server: 'x' }] });
});
