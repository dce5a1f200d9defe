import { describe, expect, test } from 'vitest';
import { buildForm, hasEditableFields } from './build-form';
import { formDataOf, withFormData } from './form-data';
import { formSchemaOf } from './form-schema';
import { validate } from './validate';
import { differenceToDefault, initialValue, toConfig } from './values';

const words = (...list: string[]) => list.map((word) => `urn:alm:descriptor:${word}`);
const ui = (word: string) => `com.tectonic.ui:${word}`;
const field = (path: string, ...list: string[]) => ({ path, 'x-descriptors': words(...list) });
const deploy = (config: unknown, ...deployDescriptors: unknown[]) =>
  buildForm({ config, deployDescriptors }, 'deploy', 'en');

/** Types into a field as the form library would. */
function type(
  form: ReturnType<typeof buildForm>,
  value: Record<string, unknown>,
  key: string,
  entered: unknown,
) {
  const data = structuredClone(formDataOf(form, value));
  const put = (node: Record<string, unknown>): boolean => {
    const schema = formSchemaOf(form, value).schema;
    const walk = (at: Record<string, unknown>, properties: Record<string, unknown>): boolean => {
      if (Object.hasOwn(properties, key)) {
        at[key] = entered;
        return true;
      }
      return Object.entries(properties).some(([name, inner]) => {
        const below = (inner as { properties?: Record<string, unknown> }).properties;
        if (!below || (!name.startsWith('group:') && name !== 'advanced')) return false;
        at[name] ??= {};
        return walk(at[name] as Record<string, unknown>, below);
      });
    };
    return walk(node, schema.properties as Record<string, unknown>);
  };
  expect(put(data), `${key} is shown`).toBe(true);
  return withFormData(form, value, data);
}

describe('a plugin without descriptors', () => {
  const form = buildForm(
    { config: { custom: { mps_enable: false, pgpu_enable: false, vgpu_enable: false } } },
    'deploy',
    'en',
  );

  test('has one switch per boolean of its config, labelled by the key, in their order', () => {
    expect(form.source).toBe('config');
    expect(form.fields.map(({ label, control }) => [label, control])).toEqual([
      ['mps_enable', 'switch'],
      ['pgpu_enable', 'switch'],
      ['vgpu_enable', 'switch'],
    ]);
    expect(form.groups).toEqual([]);
  });

  test('sends the whole config with what was switched', () => {
    const value = type(
      form,
      type(form, initialValue(form), '/custom/pgpu_enable', true),
      '/custom/vgpu_enable',
      true,
    );
    expect(toConfig(form, value)).toEqual({
      custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true },
    });
    expect(differenceToDefault(form, value)).toEqual([
      { path: ['custom', 'pgpu_enable'], before: false, after: true },
      { path: ['custom', 'vgpu_enable'], before: false, after: true },
    ]);
  });

  test('has no form at all when its config is empty', () => {
    for (const config of [undefined, null, {}, [], 'text', 7]) {
      const none = buildForm({ config }, 'deploy', 'en');
      expect(none.source).toBe('none');
      expect(toConfig(none, initialValue(none))).toEqual({});
    }
  });

  test('gets groups, lists and YAML where its config is deeper', () => {
    const config = {
      size: 'Small',
      storage: { nodes: ['a'], capacity: 40, note: 'a\nb' },
      extra: { resources: null },
    };
    const deep = buildForm({ config }, 'deploy', 'en');
    expect(deep.fields.map(({ label, control, group }) => [label, control, group])).toEqual([
      ['size', 'text', undefined],
      ['nodes', 'tags', '/storage'],
      ['capacity', 'number', '/storage'],
      ['note', 'textarea', '/storage'],
      ['resources', 'yaml', '/extra'],
    ]);
    expect(toConfig(deep, initialValue(deep))).toEqual(config);
  });
});

describe('a form of descriptors', () => {
  test('keeps keys that no descriptor names', () => {
    const form = deploy({ a: { b: 'x', other: [1, { c: null }] }, z: 1 }, field('a.b', ui('text')));
    expect(form.fields.map(({ key }) => key)).toEqual(['/a/b']);
    expect(toConfig(form, type(form, initialValue(form), '/a/b', 'y'))).toEqual({
      a: { b: 'y', other: [1, { c: null }] },
      z: 1,
    });
  });

  test('shows fields in the order in which they are described', () => {
    const form = deploy({}, field('b.x', ui('text')), field('a', ui('text')), field('b.y', ui('text')));
    expect(formSchemaOf(form, {}).uiSchema['ui:order']).toEqual(['/b/x', '/a', '/b/y']);
  });

  test('takes labels of the language, then of the other one, then the display name, then the key', () => {
    const labels = (language: 'en' | 'zh') =>
      buildForm(
        {
          deployDescriptors: [
            field('a', 'label:en:One', 'label:zh:一'),
            field('b', 'label:zh:二'),
            { ...field('c'), displayName: 'Three' },
            field('d.e'),
          ],
        },
        'deploy',
        language,
      ).fields.map(({ label }) => label);
    expect(labels('en')).toEqual(['One', '二', 'Three', 'e']);
    expect(labels('zh')).toEqual(['一', '二', 'Three', 'e']);
  });

  test('stores values in the type that the config has', () => {
    const config = { replicas: 1, port: '8080', enabled: 'false', on: true };
    const form = deploy(
      config,
      field('replicas', ui('select:1'), ui('select:3')),
      field('port', ui('number')),
      field('enabled', ui('booleanSwitch')),
      field('on', ui('select:true'), ui('select:false')),
    );
    let value = initialValue(form);
    expect(formDataOf(form, value)).toEqual({
      '/replicas': '1',
      '/port': 8080,
      '/enabled': false,
      '/on': 'true',
    });
    value = type(form, value, '/replicas', '3');
    value = type(form, value, '/port', 9090);
    value = type(form, value, '/enabled', true);
    value = type(form, value, '/on', 'false');
    expect(toConfig(form, value)).toEqual({ replicas: 3, port: '9090', enabled: 'true', on: false });
  });

  test('fills what the config lacks from the descriptors, and believes the config where both speak', () => {
    const form = deploy(
      { mode: 'a' },
      field('size', ui('number'), 'com.tectonic.default:3'),
      field('mode', ui('text'), 'com.tectonic.default:b'),
      field('count', ui('number'), 'com.tectonic.default:many'),
    );
    expect(initialValue(form)).toEqual({ mode: 'a', size: 3 });
    expect(form.notes.map(({ code, path }) => [code, path])).toEqual([
      ['default-differs', 'mode'],
      ['default-not-valid', 'count'],
    ]);
  });

  test('puts fields into groups and under the advanced fold', () => {
    const form = deploy(
      {},
      field('storage', ui('fieldGroup:storage'), 'label:en:Storage', 'description:en:Where'),
      field('storage.size', ui('fieldGroup:storage'), ui('number')),
      field('debug', ui('advanced'), ui('booleanSwitch')),
      field('storage.path', ui('fieldGroup:storage'), ui('advanced'), ui('text')),
    );
    const { schema } = formSchemaOf(form, {});
    expect(schema).toMatchObject({
      properties: {
        'group:/storage': {
          title: 'Storage',
          description: 'Where',
          properties: { '/storage/size': { type: 'number' } },
        },
        advanced: {
          properties: {
            '/debug': { type: 'boolean' },
            'group:/storage': { properties: { '/storage/path': { type: 'string' } } },
          },
        },
      },
    });
    const value = type(form, initialValue(form), '/storage/path', '/data');
    expect(toConfig(form, value)).toEqual({ storage: { path: '/data' } });
  });

  test('repeats a group of fields as a list of objects', () => {
    const form = deploy(
      { nodes: [{ name: 'a', zone: 1, kept: true }] },
      field('nodes', ui('arrayFieldGroup:nodes'), 'label:en:Nodes'),
      field('nodes[0].name', ui('arrayFieldGroup:nodes'), ui('text'), ui('validation:required')),
      field('nodes[0].zone', ui('arrayFieldGroup:nodes'), ui('select:1'), ui('select:2')),
    );
    expect(form.fields).toMatchObject([{ key: '/nodes', label: 'Nodes', control: 'list' }]);
    const value = initialValue(form);
    const [first] = formDataOf(form, value)['/nodes'] as Record<string, unknown>[];
    const next = withFormData(form, value, {
      '/nodes': [
        { '/name': 'b', '/zone': '2' },
        { ...first, '/name': 'c' },
      ],
    });
    expect(toConfig(form, next)).toEqual({
      nodes: [
        { name: 'b', zone: 2 },
        { name: 'c', zone: 1, kept: true },
      ],
    });
  });

  test('takes a list of resource requirements, tags and YAML as structures', () => {
    const form = deploy(
      { resources: null, tags: [], tolerations: [{ key: 'a' }] },
      field('resources', ui('resourceRequirements')),
      field('tags', 'tagsInput'),
      field('tolerations', ui('yaml')),
    );
    let value = initialValue(form);
    expect(toConfig(form, value)).toEqual({ resources: null, tags: [], tolerations: [{ key: 'a' }] });
    value = type(form, value, '/resources', { limits: { cpu: '1', memory: '' } });
    value = type(form, value, '/tags', ['x', 'y']);
    value = type(form, value, '/tolerations', []);
    expect(toConfig(form, value)).toEqual({
      resources: { limits: { cpu: '1' } },
      tags: ['x', 'y'],
      tolerations: [],
    });
  });

  test('shows what is only chosen at installation, but does not let it be edited', () => {
    const definition = {
      config: { a: 1, b: 2 },
      deployDescriptors: [field('a', ui('number')), field('b', ui('number'))],
      editDescriptors: [field('b', ui('number'))],
    };
    const form = buildForm(definition, 'edit', 'en');
    expect(form.fields.map(({ key, readOnly }) => [key, readOnly])).toEqual([
      ['/b', false],
      ['/a', true],
    ]);
    expect(hasEditableFields(form)).toBe(true);
    expect(hasEditableFields(buildForm({ ...definition, editDescriptors: [] }, 'edit', 'en'))).toBe(false);
  });
});

/** What each descriptor stores when something is entered. */
const everyDescriptor: [string, unknown, string[], unknown, unknown][] = [
  ['booleanSwitch', false, [ui('booleanSwitch')], true, true],
  ['checkbox', undefined, [ui('checkbox')], true, true],
  ['text', '', [ui('text')], 'a:b', 'a:b'],
  ['textarea', '', [ui('textarea')], 'a\nb', 'a\nb'],
  ['password', '', [ui('password')], 's3cret', 's3cret'],
  ['number', 1, [ui('number')], 2.5, 2.5],
  ['number over text', '1', [ui('number')], 2, '2'],
  ['yaml', {}, [ui('yaml')], { a: [1] }, { a: [1] }],
  ['yaml as text', '', [ui('yaml')], 'a: [1]', 'a: [1]'],
  ['select', 'a', [ui('select:a'), ui('select:b:c')], 'b:c', 'b:c'],
  ['select over numbers', 1, [ui('select:1'), ui('select:3')], '3', 3],
  ['select, several', [], [ui('select:a'), ui('select:b'), ui('multiple')], ['a', 'b'], ['a', 'b']],
  ['select over a list', ['a'], [ui('select:a'), ui('select:b')], ['b'], ['b']],
  ['radio', undefined, ['radio:es:en:Elastic', 'radio:ck'], 'ck', 'ck'],
  ['tagsInput', [], ['tagsInput'], ['x', 'y'], ['x', 'y']],
  ['tagsInput over numbers', [80], [ui('tagsInput')], ['80', '443'], [80, 443]],
  [
    'resourceRequirements',
    {},
    [ui('resourceRequirements')],
    { requests: { cpu: '1' } },
    { requests: { cpu: '1' } },
  ],
  ['io.kubernetes', '', ['io.kubernetes:StorageClass'], 'fast', 'fast'],
  ['io.kubernetes, several', [], ['io.kubernetes:Node', ui('multiple')], ['n1', 'n2'], ['n1', 'n2']],
  ['io.kubernetes over a list', ['n0'], ['io.kubernetes:Node'], ['n1'], ['n1']],
  ['podCount', 1, [ui('podCount')], 3, 3],
  ['imagePullPolicy', 'Always', [ui('imagePullPolicy')], 'Never', 'Never'],
  ['nodeAffinity', undefined, [ui('nodeAffinity')], { required: {} }, { required: {} }],
  ['selector', undefined, [ui('selector:core:v1:Pod')], { app: 'x' }, { app: 'x' }],
  [
    'booleanSwitch for two words',
    'disabled',
    [ui('booleanSwitch'), 'props:booleanSwitch:true:enabled', 'props:booleanSwitch:false:disabled'],
    'enabled',
    'enabled',
  ],
  ['select by props', '', ['props:select:options:a', 'props:select:options:b'], 'b', 'b'],
  ['number over what is none', '5Gi', [ui('number')], '6Gi', '6Gi'],
  ['booleanSwitch over what is none', 'auto', [ui('booleanSwitch')], 'off', 'off'],
  ['text over a structure', { a: 1 }, [ui('text')], { a: 2 }, { a: 2 }],
  ['tagsInput over text', 'a b', [ui('tagsInput')], 'a c', 'a c'],
  ['an expression', 'x', ['expression:props.default.exp:1+1'], 'y', 'y'],
  ['nothing that is known', 3, ['com.example:magic'], 4, 4],
];

test.each(everyDescriptor)('%s over %j stores what is entered', (_, stored, list, entered, expected) => {
  const form = deploy(stored === undefined ? {} : { at: { x: stored }, kept: 1 }, field('at.x', ...list));
  const value = type(form, initialValue(form), '/at/x', entered);
  expect(toConfig(form, value)).toEqual({
    at: { x: expected },
    ...(stored === undefined ? {} : { kept: 1 }),
  });
  expect(validate(form, value)).toEqual([]);
});

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

test.each(['edit', 'upgrade'] as const)('a group has its title in the form for %s too', (purpose) => {
  const group = ui('fieldGroup:limits');
  const deployDescriptors = [field('limits', group, 'label:en:At most'), field('limits.pods', group)];
  const own = [field('limits.pods', group)];
  const definition = { deployDescriptors, editDescriptors: own, upgradeDescriptors: own };
  expect(buildForm(definition, purpose, 'en').groups).toMatchObject([{ title: 'At most' }]);
});

describe('sizes', () => {
  const uiContext = {
    sizeSettings: {
      default: 'Small',
      quotaTip: { en: 'Needs quota', zh: '需要配额' },
      sizes: [
        { size: 'Small', name: { en: 'Small', zh: '小' }, description: { en: 'Up to 50 nodes' } },
        { size: 'Large', components: { server: { resources: { limits: { cpu: 4 } } } } },
        { name: { en: 'Nameless' } },
      ],
    },
  };

  test('are a choice that config.size holds', () => {
    const form = buildForm({ config: { size: 'Small' }, uiContext }, 'deploy', 'en');
    expect(form.fields).toMatchObject([
      {
        control: 'radio',
        description: 'Needs quota',
        options: [
          { value: 'Small', label: 'Small (Up to 50 nodes)' },
          { value: 'Large', label: 'Large' },
        ],
      },
    ]);
    expect(toConfig(form, type(form, initialValue(form), '/size', 'Large'))).toEqual({ size: 'Large' });
  });

  test('begin with their default, stand before the fields, and are kept when something else changes', () => {
    const definition = { config: { a: 1 }, deployDescriptors: [field('a', ui('number'))], uiContext };
    const form = buildForm(definition, 'deploy', 'zh');
    expect(form.fields.map(({ key }) => key)).toEqual(['/size', '/a']);
    expect(initialValue(form)).toEqual({ a: 1, size: 'Small' });
    const edit = buildForm({ ...definition, editDescriptors: [field('a', ui('number'))] }, 'edit', 'en');
    expect(edit.fields.find(({ key }) => key === '/size')?.readOnly).toBe(true);
  });

  test.each([undefined, {}, { sizeSettings: { quotaTip: {} } }, { sizeSettings: { sizes: 'many' } }])(
    'that are %j are none',
    (none) => {
      expect(buildForm({ config: {}, uiContext: none }, 'deploy', 'en').source).toBe('none');
    },
  );
});

describe('a config that is a JSON Schema', () => {
  const config = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', title: 'Name', default: 'x', maxLength: 5, pattern: '^[a-z]+$' },
      level: { type: 'integer', enum: [1, 2], default: 1 },
      storage: {
        type: 'object',
        title: 'Storage',
        properties: { size: { type: 'number', minimum: 1, default: 3 } },
      },
      hosts: { type: 'array', items: { type: 'string' } },
      any: { $ref: '#/definitions/any' },
    },
  };
  const form = buildForm({ config }, 'deploy', 'en');

  test('becomes a form with its defaults', () => {
    expect(form.source).toBe('schema');
    expect(initialValue(form)).toEqual({ name: 'x', level: 1, storage: { size: 3 } });
    expect(form.fields.map(({ label, control }) => [label, control])).toEqual([
      ['Name', 'text'],
      ['level', 'select'],
      ['size', 'number'],
      ['hosts', 'tags'],
      ['any', 'yaml'],
    ]);
  });

  test('gives values in the types of the schema', () => {
    const value = type(form, initialValue(form), '/level', '2');
    expect(toConfig(form, value)).toEqual({ name: 'x', level: 2, storage: { size: 3 } });
  });
});
