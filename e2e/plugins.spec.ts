import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/test';

const plugins = (cluster: string) => `/clusters/${cluster}/plugins`;
const installed = (cluster: string, name: string) => [
  'get',
  'moduleinfo',
  '-l',
  `cpaas.io/cluster-name=${cluster},cpaas.io/module-name=${name}`,
  '-o',
];

test.use({ stackOptions: { state: 'fresh' } });

function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('table', { name: 'Cluster plugins' })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });
}

test('an administrator filters by life cycle, and the address can be shared', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto(plugins('business'));
  await expect(page.getByRole('heading', { level: 1, name: 'Cluster Plugins' })).toBeVisible();
  await page.getByRole('group', { name: 'Life cycle' }).getByRole('checkbox', { name: 'Aligned' }).check();
  await expect(rowOf(page, 'logagent')).toBeVisible();
  await expect(rowOf(page, 'gpu-device-plugin')).toHaveCount(0);
  await expect(page).toHaveURL(/lifecycle=Aligned/);
  await page.reload();
  await expect(rowOf(page, 'gpu-device-plugin')).toHaveCount(0);
  await page.getByRole('group', { name: 'Status' }).getByRole('checkbox', { name: 'Ready' }).check();
  await page.getByRole('searchbox', { name: 'Search plugins' }).fill('log');
  await expect(rowOf(page, 'logagent')).toContainText('Ready');
});

test('web-cli asks for nothing: one click installs it on global', async ({ page, signIn, kubectl }) => {
  await signIn('admin');
  await page.goto(plugins('global'));
  await rowOf(page, 'web-cli').getByRole('button', { name: 'Install', exact: true }).click();
  await expect(rowOf(page, 'web-cli')).toContainText('Running', { timeout: 30_000 });
  await expect(rowOf(page, 'web-cli')).toContainText('v4.0.4');
  expect(await kubectl('global', ...installed('global', 'web-cli'), 'jsonpath={.items[0].spec}')).toBe(
    '{"config":{},"version":"v4.0.4"}',
  );
});

test('web-cli is refused on business, with the sentence that says why', async ({ page, signIn, kubectl }) => {
  await signIn('admin');
  await page.goto(plugins('business'));
  await rowOf(page, 'web-cli').getByRole('button', { name: 'Install', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toContainText('business');
  await expect(dialog).toContainText('label is-global is "true"');
  await expectAccessible(page);
  expect(await kubectl('global', ...installed('business', 'web-cli'), 'name')).toBe('');
});

test('gpu-device-plugin is installed on business with two of its three switches', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('admin');
  await page.goto(plugins('business'));
  await rowOf(page, 'gpu-device-plugin').getByRole('link', { name: 'Install', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Version' })).toHaveValue('v4.0.15');
  await page.getByRole('switch', { name: 'pgpu_enable', exact: true }).click();
  await page.getByRole('switch', { name: 'vgpu_enable', exact: true }).click();
  await page.getByRole('tab', { name: 'Difference to default' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'custom.pgpu_enable' })).toContainText('true');
  await page.getByRole('tab', { name: 'YAML' }).click();
  await expect(page.getByRole('textbox', { name: 'Configuration as YAML' })).toHaveValue(/vgpu_enable: true/);
  await page.getByRole('tab', { name: 'Form' }).click();
  await page.getByRole('button', { name: 'YAML and commands' }).click();
  await expect(page.getByText('kubectl --context global create').first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await expect(page.getByText('Running').first()).toBeVisible({ timeout: 30_000 });
  expect(
    JSON.parse(
      await kubectl('global', ...installed('business', 'gpu-device-plugin'), 'jsonpath={.items[0].spec}'),
    ),
  ).toEqual({
    config: { custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true } },
    version: 'v4.0.15',
  });
});

test('gpu-device-plugin is refused on edge, which has arm64 only', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto(`${plugins('edge')}/gpu-device-plugin/install`);
  await expect(page.getByText(/label cpaas\.io\/arch-amd64 is "true"/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Install', exact: true })).toBeDisabled();
});

test('the store that the log collector uses decides which cluster is asked for', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto(`${plugins('business')}/logagent/install`);
  await expect(page.getByRole('textbox', { name: 'Cluster of ElasticSearch' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Log storage' }).selectOption('ClickHouse');
  await expect(page.getByRole('textbox', { name: 'Cluster of ElasticSearch' })).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Cluster of ClickHouse' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Cluster of ClickHouse' }).fill('global');
  await page.getByRole('tab', { name: 'YAML' }).click();
  const yaml = page.getByRole('textbox', { name: 'Configuration as YAML' });
  await expect(yaml).toHaveValue(/logclickhouse: global/);
  await expect(yaml).not.toHaveValue(/logcenter/);
});

test('the pages of cluster plugins pass axe', async ({ page, signIn }) => {
  await signIn('admin');
  for (const path of ['', '/logagent', '/logagent?tab=versions', '/logagent?tab=yaml', '/logagent/install']) {
    await page.goto(plugins('business') + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await expectAccessible(page);
  }
});
