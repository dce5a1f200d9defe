import { describe, expect, test } from 'vitest';
import { buildForm } from './build-form';
import { validate } from './validate';
import { initialValue } from './values';

const ui = (word: string) => `urn:alm:descriptor:com.tectonic.ui:${word}`;
const codes = (value: Record<string, unknown>, ...words: string[]) =>
  validate(
    buildForm({ deployDescriptors: [{ path: 'x', 'x-descriptors': words.map(ui) }] }, 'deploy', 'en'),
    value,
  ).map(({ code }) => code);

describe('a value', () => {
  test.each([
    [{}, ['text', 'validation:required'], ['required']],
    [{ x: '' }, ['text', 'validation:required'], ['required']],
    [{ x: false }, ['booleanSwitch', 'validation:required'], []],
    [{ x: 0 }, ['number', 'validation:minimum:1'], ['minimum']],
    [{ x: 9 }, ['number', 'validation:maximum:8'], ['maximum']],
    [{ x: '8' }, ['number', 'validation:maximum:8'], []],
    [{ x: 'many' }, ['number'], ['type']],
    [{ x: 'ab' }, ['text', 'validation:minLength:3'], ['minLength']],
    [{ x: '😀😀' }, ['text', 'validation:maxLength:2'], []],
    [{ x: 'abc' }, ['text', 'validation:maxLength:2'], ['maxLength']],
    [{ x: 'A' }, ['text', 'validation:pattern:^[a-z]+$'], ['pattern']],
    [{ x: '中' }, ['text', 'validation:pattern:^[\\u4e00-\\u9fa5]$'], []],
    [{ x: '' }, ['text', 'validation:pattern:^a$'], []],
    [{ x: 'c' }, ['select:a', 'select:b'], ['choice']],
    [{ x: ['a'] }, ['tagsInput', 'validation:minLength:2'], ['minItems']],
    [{ x: [] }, ['tagsInput', 'validation:required'], ['required']],
    [{ x: 'a: [' }, ['yaml'], ['yaml']],
    [{ x: { a: 1 } }, ['yaml'], []],
    [{ x: { limits: { cpu: 'lots' } } }, ['resourceRequirements'], ['quantity']],
    [{ x: { limits: { cpu: '500m', memory: 1 } } }, ['resourceRequirements'], []],
    [{ x: { deep: 1 } }, ['text'], ['type']],
  ])('%j with %j has the errors %j', (value, words, expected) => {
    expect(codes(value, ...words)).toEqual(expected);
  });
});

test('fields that are not shown are not asked for', () => {
  const form = buildForm(
    {
      deployDescriptors: [
        { path: 'on', 'x-descriptors': [ui('booleanSwitch')] },
        {
          path: 'name',
          'x-descriptors': [ui('text'), ui('validation:required'), ui('fieldDependency:on:true')],
        },
        { path: 'secret', 'x-descriptors': [ui('text'), ui('validation:required'), ui('hidden')] },
      ],
    },
    'deploy',
    'en',
  );
  expect(validate(form, { on: false })).toEqual([]);
  expect(validate(form, { on: true })).toMatchObject([
    { key: '/name', code: 'required', message: 'name is required' },
  ]);
});

test('members of a list are told by their place', () => {
  const group = ui('arrayFieldGroup:nodes');
  const form = buildForm(
    {
      deployDescriptors: [
        { path: 'nodes.name', 'x-descriptors': [group, ui('text'), ui('validation:required')] },
      ],
    },
    'deploy',
    'en',
  );
  expect(validate(form, { nodes: [{ name: 'a' }, {}] })).toMatchObject([
    { key: '/nodes', pointer: '/nodes/1/name' },
  ]);
});

test('defaults that contradict the validation are shown with the error', () => {
  const form = buildForm(
    {
      config: { x: 9 },
      deployDescriptors: [{ path: 'x', 'x-descriptors': [ui('number'), ui('validation:maximum:5')] }],
    },
    'deploy',
    'en',
  );
  expect(validate(form, initialValue(form))).toMatchObject([{ code: 'maximum', limit: 5 }]);
});
