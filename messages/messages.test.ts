import { describe, expect, test } from 'vitest';
import en from './en.json';
import ru from './ru.json';
import zh from './zh.json';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

/** Names of ICU arguments and of rich-text tags. */
function placeholders(text: string): string[] {
  const names = [...text.matchAll(/\{(\w+)\s*[,}]/g), ...text.matchAll(/<(\w+)>/g)].map(([, name]) => name);
  return [...new Set(names)].filter((name) => name !== undefined).sort();
}

const reference = flatten(en);

describe.each([
  ['zh', flatten(zh)],
  ['ru', flatten(ru)],
])('%s.json', (_, messages) => {
  test('has exactly the keys of en.json', () => {
    expect([...messages.keys()].sort()).toEqual([...reference.keys()].sort());
  });
  test('has the same placeholders in every message', () => {
    for (const [key, text] of messages) {
      expect({ key, names: placeholders(text) }).toEqual({
        key,
        names: placeholders(reference.get(key) ?? ''),
      });
    }
  });
});

test('no message is empty', () => {
  for (const messages of [en, zh, ru]) {
    for (const [key, text] of flatten(messages)) expect(text.trim(), key).not.toBe('');
  }
});

test('Russian plurals name all four forms', () => {
  for (const [key, text] of flatten(ru)) {
    if (!text.includes(', plural,')) continue;
    for (const form of ['one {', 'few {', 'many {', 'other {']) expect(text, key).toContain(form);
  }
});
