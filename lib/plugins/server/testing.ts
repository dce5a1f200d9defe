import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { listPlugins } from './list-plugins';

const SHIPPED_PLUGINS = 18;

/** A sandbox whose plugins are ready to be installed. */
export async function startWithPlugins(): Promise<Sandbox> {
  const sandbox = await startSandbox();
  await eventually(
    () => listPlugins(sandbox.context('admin')),
    ({ items }) => items.filter(({ status }) => status === 'Ready').length >= SHIPPED_PLUGINS,
  );
  return sandbox;
}
