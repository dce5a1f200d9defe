import { expect, test } from 'vitest';
import { chooseLocale } from './locales';

test.each([
  [undefined, null, 'en'],
  ['ru', 'zh-CN,zh;q=0.9', 'ru'],
  ['xx', 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  [undefined, 'de-DE,ru;q=0.5', 'ru'],
  [undefined, '../../etc', 'en'],
])('the cookie %s and the header %s give %s', (cookie, header, locale) => {
  expect(chooseLocale(cookie, header)).toBe(locale);
});
