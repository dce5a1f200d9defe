import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import type { Component } from '../../features-contract';
import { listComponents } from './list-components';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_STATE: 'lived-in' });
});
afterAll(() => sandbox?.stop());

const named = (items: readonly Component[], name: string) => items.find((item) => item.name === name);

describe('the components of a cluster', () => {
  test('print', async () => {
    const { items, partial } = await listComponents(sandbox.context('admin'));
    for (const i of items)
      console.log(
        i.kind,
        i.namespace ?? '',
        i.name,
        i.from,
        '->',
        i.to,
        i.status,
        i.selectable,
        i.reason ?? '',
        JSON.stringify({
          a: i.after,
          n: i.needs,
          s: i.sharedWith,
          r: i.risk?.level,
          p: i.plan?.clusterServiceVersionNames,
        }),
      );
    console.log(partial);
    expect(named(items, 'harbor-ce-operator')).toMatchObject({ selectable: true });
  });
});
