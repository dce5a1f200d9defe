import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts);

describe.each(documents)('%s', (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  const links = [...text.matchAll(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g)];

  test('leads only to files that exist', () => {
    const dead = links
      .map(([, , , target = '']) => target.split('#')[0] ?? '')
      .filter((path) => path !== '' && !/^[a-z]+:/.test(path))
      .filter((path) => !existsSync(join(root, dirname(name), path)));
    expect(dead).toEqual([]);
  });

  test('says in words what its pictures show', () => {
    const silent = links.filter(([, picture, words]) => picture === '!' && !words?.trim());
    expect(silent.map(([all]) => all)).toEqual([]);
  });

  test('names only scripts that npm knows', () => {
    const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
  });
});
