// npm run pictures: the pictures of docs/pictures, taken from the production build on the sandbox.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { tsImport } from 'tsx/esm/api';
import { ensureBuilt } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { main, root } from './lib/project.mjs';

const folder = join(root, 'docs', 'pictures');
const hub = '/clusters/business/operatorhub';
const harbor = `${hub}/cpaas-system/platform/harbor-ce-operator`;
const pages = {
  operatorhub: hub,
  operator: harbor,
  install: `${hub}/cpaas-system/platform/rook-operator/install`,
  progress: `${hub}/cpaas-system/platform/sonarqube-ce-operator/progress?namespace=sonarqube-ce-operator&name=sonarqube-ce-operator`,
  approvals: '/clusters/business/approvals',
  plugins: '/clusters/business/plugins',
};
const widths = { 1440: 900, 390: 844 };

await main(async () => {
  await ensureBuilt();
  mkdirSync(folder, { recursive: true });
  const { startStack } = await tsImport('../e2e/support/stack.ts', import.meta.url);
  const stack = await startStack({ state: 'lived-in' });
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
  try {
    for (const colorScheme of ['light', 'dark']) {
      for (const [width, height] of Object.entries(widths)) {
        const page = await browser.newPage({
          baseURL: stack.url,
          colorScheme,
          reducedMotion: 'reduce',
          viewport: { width: Number(width), height },
        });
        const take = async (name) => {
          await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
          await page.waitForLoadState('networkidle');
          await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`) });
        };
        await page.goto('/login');
        await take('sign-in');
        await page.getByRole('button', { name: 'Sign in as admin', exact: true }).click();
        await page.getByRole('button', { name: 'Account' }).waitFor();
        for (const [name, path] of Object.entries(pages)) {
          await page.goto(path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await take(name);
        }
        await page.close();
      }
    }
  } finally {
    await browser.close();
    await stack.stop();
  }
});
