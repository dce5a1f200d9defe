import { expect, test } from 'vitest';
import { deploy, field, type, ui } from './testing';
import { validate } from './validate';
import { initialValue, toConfig } from './values';

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
