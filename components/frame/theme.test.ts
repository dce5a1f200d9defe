import { expect, test } from 'vitest';
import { otherTheme, themeOf } from './theme';

test.each([
  ['system', true, 'light'],
  ['light', true, 'system'],
  ['dark', true, 'light'],
  ['system', false, 'dark'],
  ['dark', false, 'system'],
  ['light', false, 'dark'],
] as const)('from %s on a system that is dark: %s, the button leads to %s', (theme, dark, next) => {
  expect(otherTheme(theme, dark)).toBe(next);
});

test('an unknown cookie follows the system', () => {
  expect(themeOf('"><script>')).toBe('system');
});
