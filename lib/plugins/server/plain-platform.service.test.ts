import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { getPlugin } from './get-plugin';
import { listPlugins } from './list-plugins';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_PLAIN: '1' });
});
afterAll(() => sandbox?.stop());

test('a platform without cluster plugins says so instead of failing', async () => {
  const context = sandbox.context('admin');
  expect(await listPlugins(context)).toEqual({ items: [], available: false, partial: [] });
  await expect(getPlugin(context, 'web-cli')).rejects.toMatchObject({ code: 'not-found' });
});
