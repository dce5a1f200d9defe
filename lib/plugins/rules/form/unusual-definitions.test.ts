import { describe, expect, test } from 'vitest';
import { deploy, field, type, ui } from './testing';
import { validate } from './validate';
import { initialValue, toConfig } from './values';

describe('a definition that is unusual', () => {
  test('repeats fields whose path names members, without saying that it is a list', () => {
    const form = deploy(
      { pools: [{ name: 'a' }] },
      field('pools[0].name', ui('text')),
      field('pools[0].size', ui('number')),
    );
    expect(form.fields).toMatchObject([{ key: '/pools', control: 'list', items: [{}, {}] }]);
    const value = type(form, initialValue(form), '/pools', [{ '/name': 'b', '/size': 3 }]);
    expect(toConfig(form, value)).toEqual({ pools: [{ name: 'b', size: 3 }] });
  });

  test.each(['hosts[0]', 'hosts[*]', 'hosts.0'])('takes %s as a list of plain values', (path) => {
    const form = deploy({ hosts: ['a'] }, field(path, ui('text'), 'label:en:Hosts'));
    expect(form.fields).toMatchObject([{ key: '/hosts', control: 'tags', label: 'Hosts' }]);
    expect(toConfig(form, type(form, initialValue(form), '/hosts', ['b']))).toEqual({ hosts: ['b'] });
  });

  test('takes a number between dots as a key where the config has no list', () => {
    const form = deploy({ ports: { 8080: 'web' } }, field('ports.8080', ui('text')));
    expect(toConfig(form, type(form, initialValue(form), '/ports/8080', 'api'))).toEqual({
      ports: { 8080: 'api' },
    });
  });

  test('takes a list without fields of its own as what it holds', () => {
    const form = deploy(
      { tolerations: [{ key: 'a' }], hosts: ['a'] },
      field('tolerations', ui('arrayFieldGroup:tolerations')),
      field('hosts', ui('arrayFieldGroup:hosts')),
    );
    expect(form.fields.map(({ control }) => control)).toEqual(['yaml', 'tags']);
  });

  test('takes a list within a list as YAML within each member', () => {
    const group = ui('arrayFieldGroup:nodes');
    const form = deploy(
      { nodes: [] },
      field('nodes[0].name', group, ui('text')),
      field('nodes[0].disks', ui('arrayFieldGroup:nodes[0].disks'), 'label:en:Disks'),
      field('nodes[0].disks[0].path', ui('arrayFieldGroup:nodes[0].disks'), ui('text')),
    );
    const [list] = form.fields;
    expect(form.fields).toHaveLength(1);
    expect(list?.items.map(({ key, control, label }) => [key, control, label])).toEqual([
      ['/name', 'text', 'name'],
      ['/disks', 'yaml', 'Disks'],
    ]);
    const member = { '/name': 'n1', '/disks': [{ path: '/dev/sdb' }] };
    expect(toConfig(form, type(form, initialValue(form), '/nodes', [member]))).toEqual({
      nodes: [{ name: 'n1', disks: [{ path: '/dev/sdb' }] }],
    });
  });

  test('names keys that hold dots', () => {
    const config = { nodeSelector: { 'kubernetes.io/os': 'linux' } };
    for (const path of ['nodeSelector["kubernetes.io/os"]', 'nodeSelector.kubernetes\\.io/os']) {
      const form = deploy(config, field(path, ui('text')));
      const value = type(form, initialValue(form), '/nodeSelector/kubernetes.io~1os', 'windows');
      expect(toConfig(form, value)).toEqual({ nodeSelector: { 'kubernetes.io/os': 'windows' } });
    }
  });

  test('is written as an early guide has it', () => {
    const form = deploy(
      { mode: 'a' },
      {
        name: 'replicas',
        type: 'number',
        label: { en: 'Replicas', zh: '副本数' },
        default: 2,
        required: true,
      },
      { name: 'mode', type: 'select', options: ['a', { value: 'b' }] },
    );
    expect(form.fields).toMatchObject([
      { label: 'Replicas', control: 'number', limits: { required: true } },
      { control: 'select', options: [{ value: 'a' }, { value: 'b' }] },
    ]);
    expect(initialValue(form)).toEqual({ replicas: 2, mode: 'a' });
  });

  test('whose descriptors can not be read is told by its values', () => {
    expect(deploy({ a: true }, 'text', { path: '' }).fields).toMatchObject([
      { key: '/a', control: 'switch' },
    ]);
  });

  test('describes one path twice, for two values of another', () => {
    const form = deploy(
      { kind: 'a', x: '' },
      field('kind', ui('select:a'), ui('select:b')),
      field('x', ui('text'), ui('fieldDependency:kind:a')),
      field('x', 'io.kubernetes:Secret', ui('fieldDependency:kind:b')),
    );
    expect(toConfig(form, type(form, initialValue(form), '/x', 'one'))).toEqual({ kind: 'a', x: 'one' });
    const other = type(form, initialValue(form), '/kind', 'b');
    expect(toConfig(form, type(form, other, '/x#2', 'two'))).toEqual({ kind: 'b', x: 'two' });
  });

  test('does not ask for a switch to be touched', () => {
    const form = deploy({}, field('on', ui('booleanSwitch'), ui('validation:required')));
    expect(validate(form, initialValue(form))).toEqual([]);
  });
});
