import { expect, test } from 'vitest';
import { compareImages } from './images';

interface Parts {
  image?: string;
  init?: string;
  env?: Record<string, string>;
  related?: Record<string, string>;
}

function version({ image = 'r.io/a:1', init, env = {}, related = {} }: Parts) {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  const pod = {
    initContainers: init ? [{ name: 'init', image: init }] : [],
    containers: [{ name: 'manager', image, env: variables }],
  };
  return {
    spec: {
      install: { spec: { deployments: [{ name: 'a', spec: { template: { spec: pod } } }] } },
      relatedImages: Object.entries(related).map(([name, one]) => ({ name, image: one })),
    },
  };
}

const image = 'RELATED_IMAGE_DB';
const one = `r.io/db@sha256:${'1'.repeat(64)}`;
const two = `r.io/db@sha256:${'2'.repeat(64)}`;

test.each<[string, Parts, Parts, string[]]>([
  ['are the same', {}, {}, []],
  ['have another tag', {}, { image: 'r.io/a:2' }, ['a/manager r.io/a:1 r.io/a:2 by tag']],
  ['have another digest', { related: { db: one } }, { related: { db: two } }, [`db ${one} ${two}`]],
  ['come from elsewhere', {}, { image: 'r.io:5000/a:1' }, ['a/manager r.io/a:1 r.io:5000/a:1 moved by tag']],
  ['come before the others', {}, { init: 'r.io/i:1' }, ['a/init - r.io/i:1 by tag']],
  ['go', { related: { db: one } }, {}, [`db ${one} -`]],
  ['stand in a variable', { env: { [image]: one } }, { env: { [image]: two } }, [`${image} ${one} ${two}`]],
  [
    'stand in a variable and in the list',
    {},
    { env: { [image]: one }, related: { db: one } },
    [`db - ${one}`],
  ],
  ['move from a variable to the list', { env: { [image]: one } }, { related: { db: one } }, []],
  ['are only renamed', { related: { db: one } }, { related: { database: one } }, []],
  ['are in a variable of another name', {}, { env: { MODE: 'x' } }, []],
])('images that %s', (_, before, after, expected) => {
  const told = compareImages(version(before), version(after)).map(({ name, from, to, moved, byTag }) =>
    [name, from ?? '-', to ?? '-', moved && 'moved', byTag && 'by tag'].filter(Boolean).join(' '),
  );
  expect(told).toEqual(expected);
});
