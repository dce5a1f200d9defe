import { describe, expect, test } from 'vitest';
import { readDescriptor } from './descriptor';

const read = (...words: string[]) =>
  readDescriptor({ path: 'a.b', 'x-descriptors': words.map((word) => `urn:alm:descriptor:${word}`) });

describe('a descriptor', () => {
  test.each([
    ['com.tectonic.ui:booleanSwitch', 'switch'],
    ['com.tectonic.ui:text', 'text'],
    ['com.tectonic.ui:textarea', 'textarea'],
    ['com.tectonic.ui:number', 'number'],
    ['com.tectonic.ui:yaml', 'yaml'],
    ['com.tectonic.ui:select:a', 'select'],
    ['com.tectonic.ui:password', 'password'],
    ['com.tectonic.ui:radio:a', 'radio'],
    ['com.tectonic.ui:checkbox', 'checkbox'],
    ['com.tectonic.ui:resourceRequirements', 'resources'],
    ['tagsInput', 'tags'],
    ['io.kubernetes:StorageClass', 'resource'],
  ])('%s is shown as %s', (word, capability) => {
    expect(read(word)?.capability).toBe(capability);
  });

  test.each(['com.tectonic.ui:', ''])('may be written with %j before it', (prefix) => {
    expect(read(`${prefix}number`, `${prefix}label:en:Size`, `${prefix}validation:minimum:2`)).toMatchObject({
      capability: 'number',
      label: { en: 'Size' },
      validation: { minimum: 2 },
      notUnderstood: [],
    });
  });

  test('takes the first of several controls', () => {
    expect(read('com.tectonic.ui:text', 'com.tectonic.ui:number')?.capability).toBe('text');
  });

  test('keeps colons in labels, patterns and defaults', () => {
    expect(
      read(
        'label:en:Address: host:port',
        'com.tectonic.ui:validation:pattern:^a:b$',
        'com.tectonic.default:http://x:1',
      ),
    ).toMatchObject({
      label: { en: 'Address: host:port' },
      validation: { pattern: '^a:b$' },
      default: 'http://x:1',
    });
  });

  test('reads limits as numbers and drops those that are none', () => {
    const descriptor = read(
      'com.tectonic.ui:validation:minimum:1',
      'com.tectonic.ui:validation:maximum:x',
      'com.tectonic.ui:validation:maxLength:12',
      'com.tectonic.ui:validation:required',
    );
    expect(descriptor?.validation).toEqual({ minimum: 1, maxLength: 12, required: true });
    expect(descriptor?.notUnderstood).toEqual(['com.tectonic.ui:validation:maximum:x']);
  });

  test('reads labels of radio buttons in both languages', () => {
    expect(read('radio:es:en:Elasticsearch', 'radio:es:zh:弹性', 'radio:ck')?.options).toEqual([
      { value: 'es', label: { en: 'Elasticsearch', zh: '弹性' } },
      { value: 'ck', label: {} },
    ]);
  });

  test('decodes a resource picker', () => {
    expect(
      read('io.kubernetes:Secret?=isGlobal=true:labelSelector=plugins.cpaas.io%2Fmetrics%3Dtrue')?.resource,
    ).toEqual({ kind: 'Secret', global: true, labelSelector: 'plugins.cpaas.io/metrics=true' });
    expect(read('io.kubernetes:Node?=isGlobal%3Dfalse:labelSelector%3Da%252Fb%253Dc')?.resource).toEqual({
      kind: 'Node',
      global: false,
      labelSelector: 'a/b=c',
    });
  });

  test('never takes an expression for anything', () => {
    const word = 'expression:props.hidden.exp:process.exit(1)';
    expect(read(word)).toMatchObject({ hidden: false, notUnderstood: [word] });
  });

  test.each([undefined, null, 'text', {}, { path: '' }, { path: 7 }])('that is %j is none', (entry) => {
    expect(readDescriptor(entry)).toBeUndefined();
  });
});
