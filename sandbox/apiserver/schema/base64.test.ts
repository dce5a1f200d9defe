import { expect, test } from 'vitest';
import { base64Problem } from './base64.ts';

// As Go 1.24 prints them: base64.StdEncoding.Decode.
test.each([
  ['', undefined],
  ['aGk=', undefined],
  ['aGkh\n', undefined],
  ['YQ==', undefined],
  ['%%', 0],
  ['aG%=', 2],
  ['abc', 0],
  ['aGkhab', 4],
  ['a===', 1],
  ['YQ=x', 2],
  ['YQ=', 3],
  ['aGk=x', 4],
])('%j', (text, position) => {
  expect(base64Problem(text)).toBe(
    position === undefined ? undefined : `illegal base64 data at input byte ${position}`,
  );
});
