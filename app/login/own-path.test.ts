import { expect, test } from 'vitest';
import { ownPath } from './own-path';

test.each([
  ['/clusters/business/operatorhub?q=harbor', '/clusters/business/operatorhub?q=harbor'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example/', '/'],
  ['/\t/evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/login?next=/login', '/'],
])('%s leads to %s', (next, path) => expect(ownPath(next)).toBe(path));
