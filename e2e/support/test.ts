import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type Stack, type StackOptions, startStack } from './stack';

const run = promisify(execFile);

export type User = 'admin' | 'viewer' | 'operator' | 'nobody';

interface TestFixtures {
  /** Signs a user in through the sign-in page's button. */
  signIn: (user: User) => Promise<void>;
  /** What kubectl says of a cluster, with the kubeconfig that the sandbox wrote. */
  kubectl: (cluster: string, ...args: string[]) => Promise<string>;
  /** Creates an object from its text, as `kubectl create -f -` does. */
  apply: (cluster: string, manifest: string) => Promise<void>;
}

interface WorkerFixtures {
  stackOptions: StackOptions;
  stack: Stack;
}

/** Journeys against the production console; one sandbox and one console per worker and options. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  stackOptions: [{ state: 'fresh' }, { scope: 'worker', option: true }],
  stack: [
    async ({ stackOptions }, use) => {
      const stack = await startStack(stackOptions);
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ stack }, use) => use(stack.url),
  page: async ({ page, stack }, use) => {
    const complaints: string[] = [];
    const foreign: string[] = [];
    page.context().on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (!['data:', 'blob:'].includes(protocol) && origin !== stack.url) foreign.push(request.url());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|hydrat/i.test(message.text())) complaints.push(message.text());
    });
    await use(page);
    expect(complaints, 'the browser complained').toEqual([]);
    expect(foreign, 'the browser asked others than the console').toEqual([]);
  },
  signIn: ({ page }, use) => use((user) => signInAs(page, user)),
  kubectl: ({ stack }, use) =>
    use(async (cluster, ...args) => {
      const { stdout } = await run('kubectl', [...at(stack, cluster), ...args]);
      return stdout.trim();
    }),
  apply: ({ stack }, use) =>
    use(async (cluster, manifest) => {
      const created = run('kubectl', [...at(stack, cluster), 'create', '-f', '-']);
      created.child.stdin?.end(manifest);
      await created;
    }),
});

/** What tells kubectl which cluster is meant. */
function at({ kubeconfig }: Stack, cluster: string): string[] {
  return ['--kubeconfig', kubeconfig, '--context', cluster];
}

/** Signs a user in with the sign-in page's own button. */
export async function signInAs(page: Page, user: User): Promise<void> {
  await page.goto('/login');
  await page.getByRole('button', { name: `Sign in as ${user}`, exact: true }).click();
  await expect(page.getByRole('button', { name: 'Account' })).toBeVisible();
}

/** Leaves as a user does: when this returns, the document of the session that ended is gone. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('textbox', { name: 'Bearer token' })).toBeVisible();
}

/** axe finds nothing to complain about at WCAG 2.2 AA, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // axe reads colours: they are the new theme's when the page has been painted in it.
    await page.evaluate(
      () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
    );
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const found = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`).join(' | ')}`,
    );
    expect(found, `${new URL(page.url()).pathname} in ${colorScheme}`).toEqual([]);
  }
}

export { expect };
