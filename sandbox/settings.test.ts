import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('nothing set means the lived-in platform on port 6446', () => {
  expect(readSettings({})).toMatchObject({
    port: 6446,
    state: 'lived-in',
    plain: false,
    faults: false,
    speed: 1,
  });
});

test('an empty variable counts as not set', () => {
  expect(readSettings({ SANDBOX_PORT: '' }).port).toBe(6446);
});

test('several catalogs are separated by colons', () => {
  expect(readSettings({ SANDBOX_CATALOGS: 'a:b=c' }).catalogs).toEqual(['a', 'b=c']);
});

test.each([
  ['SANDBOX_PORT', '70000'],
  ['SANDBOX_SPEED', 'fast'],
  ['SANDBOX_STATE', 'new'],
  ['SANDBOX_PLAIN', 'yes'],
])('%s=%s is refused with a sentence that names it', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(`${name}=${value} can't be used`);
});
