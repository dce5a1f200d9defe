import type { Locator, Page } from '@playwright/test';
import { expectInstalled, expectNotInstalled, installedSpec } from './support/module-info';
import { expect, expectAccessible, test } from './support/test';

const plugins = '/clusters/business/plugins';
test.use({ stackOptions: { state: 'lived-in' } });

function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('table', { name: 'Cluster plugins' })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });
}

/** Answers what the page says in passing from now on, also when nobody looks at that moment. */
async function listenToNotices(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const heard = document.documentElement.dataset;
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('output')) {
        if (!heard.said?.includes(textContent ?? '')) heard.said = `${heard.said ?? ''}${textContent}\n`;
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  return () => page.evaluate(() => document.documentElement.dataset.said ?? '');
}

test('a Core plugin is upgraded with the cluster, and its page says so', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto(plugins);
  await expect(rowOf(page, 'cert-manager')).toContainText('Upgrade the cluster instead');
  await expect(rowOf(page, 'cert-manager').getByRole('button', { name: 'Upgrade', exact: true })).toHaveCount(
    0,
  );
  await page.goto(`${plugins}/cert-manager`);
  await expect(page.getByText(/comes with an upgrade of the cluster/)).toBeVisible();
});

test('an Aligned plugin is upgraded from the list, its configuration kept', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('admin');
  await page.goto(plugins);
  const before = await installedSpec(kubectl, 'business', 'logagent');
  await rowOf(page, 'logagent').getByRole('button', { name: 'Upgrade', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading').first()).toContainText('business');
  await expect(dialog.getByRole('list', { name: 'What changes in its form' })).toContainText('Buffer (MiB)');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Upgrade', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, 'logagent')).toContainText('Running', { timeout: 40_000 });
  await expect(rowOf(page, 'logagent')).toContainText('v4.2.0');
  await expectInstalled(kubectl, {
    cluster: 'business',
    plugin: 'logagent',
    version: 'v4.2.0',
    config: before.config,
  });
});

test('an Aligned plugin is upgraded from its page, with what its new form asks for', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('admin');
  await page.goto(`${plugins}/prometheus`);
  const { config } = await installedSpec(kubectl, 'business', 'prometheus');
  await page.getByRole('button', { name: 'Upgrade', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Upgrade', exact: true });
  await expect(dialog.getByRole('list', { name: 'What changes in its form' })).toContainText('7 → 15');
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /accept the risk/ }).check();
  await dialog.getByRole('switch', { name: 'Send the metrics on' }).click();
  await confirm.click();
  await expect(dialog.getByRole('textbox', { name: 'Address' })).toHaveAccessibleDescription(
    /This field is required/,
  );
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://metrics.example.com/write');
  await expectAccessible(page);
  await confirm.click();
  await expect(dialog).toHaveCount(0);
  await expectInstalled(kubectl, {
    cluster: 'business',
    plugin: 'prometheus',
    version: 'v4.2.0',
    config: {
      ...config,
      remoteWrite: { enabled: true, url: 'https://metrics.example.com/write', secretName: '' },
    },
  });
  await expect(page.getByText('Running').first()).toBeVisible({ timeout: 40_000 });
});

test('several plugins are upgraded at once, in the order that their authors want', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('admin');
  await page.goto(plugins);
  const before = await installedSpec(kubectl, 'business', 'metallb');
  for (const name of ['metallb', 'multus', 'volcano']) {
    await rowOf(page, name).getByRole('checkbox').check();
  }
  await page.getByRole('button', { name: 'Upgrade selected' }).click();
  const dialog = page.getByRole('dialog', { name: 'Upgrade 3 components on business' });
  const list = dialog.getByRole('list');
  await expect(list.getByRole('listitem')).toHaveText([/Multus/, /MetalLB/, /Volcano/]);
  await expect(list.getByRole('listitem').filter({ hasText: 'MetalLB' })).toContainText('after Alauda');
  await expect(dialog.getByRole('button', { name: 'Upgrade selected' })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /^I accept the risk of Alauda Build of MetalLB/ }).check();
  await expect(dialog.getByRole('button', { name: 'Upgrade selected' })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /^I accept the risk of Alauda Build of Volcano/ }).check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Upgrade selected' }).click();
  await expect(dialog).toHaveCount(0);
  const run = page.getByRole('region', { name: 'Upgrade run on business' });
  await expect(run).toBeVisible();
  const said = await listenToNotices(page);
  await page.getByRole('link', { name: 'OperatorHub' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'OperatorHub' })).toBeVisible();
  await expect.poll(said, { timeout: 90_000 }).toContain('Upgrade run on business: 3 of 3 succeeded');
  await page.getByRole('link', { name: 'Cluster Plugins' }).first().click();
  await expect(run.getByRole('status')).toContainText('3 of 3 done');
  await expect(run.getByRole('listitem')).toHaveCount(3);
  await expect(rowOf(page, 'metallb')).toContainText('v4.2.0');
  await expectInstalled(kubectl, { ...before, cluster: 'business', plugin: 'metallb', version: 'v4.2.0' });
});

test('the log collector waits for the store that is chosen, and goes to the one that is there', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('admin');
  await page.goto('/clusters/edge/plugins/logagent/install');
  await page.getByRole('combobox', { name: 'Log storage' }).selectOption('ClickHouse');
  await page.getByRole('textbox', { name: 'Cluster of ClickHouse' }).fill('global');
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await expect(page.getByText('It needs logclickhouse on cluster global: install that first.')).toBeVisible();
  await expectNotInstalled(kubectl, 'edge', 'logagent');
  await page.getByRole('combobox', { name: 'Log storage' }).selectOption('ElasticSearch');
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await expect(page.getByText('Running').first()).toBeVisible({ timeout: 40_000 });
  await expectInstalled(kubectl, {
    cluster: 'edge',
    plugin: 'logagent',
    version: 'v4.2.0',
    config: {
      crossClusterDependency: { logcenter: 'global' },
      dataSource: {
        audit: true,
        event: true,
        kubernetes: true,
        platform: false,
        system: true,
        workload: true,
      },
      storage: { type: 'ElasticSearch' },
      buffer: { size: 512 },
      excludeNamespaces: [],
    },
  });
});

test('a running plugin is updated: what it was installed with stays, what the form does not know survives', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('admin');
  const before = await installedSpec(kubectl, 'business', 'kueue');
  await page.goto(plugins);
  await rowOf(page, 'kueue').getByRole('button', { name: 'Update', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('switch', { name: 'Ray jobs' }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Update', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expectInstalled(kubectl, {
    cluster: 'business',
    plugin: 'kueue',
    version: before.version,
    config: { ...before.config, integrations: { ...before.config.integrations, rayJob: false } },
  });
});

test('uninstalling nfs is blocked by a storage class, then possible', async ({ page, signIn, kubectl }) => {
  await signIn('admin');
  await page.goto(plugins);
  await rowOf(page, 'nfs').getByRole('button', { name: 'Uninstall', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Uninstall', exact: true });
  await expect(dialog).toContainText('nfs-shared');
  await expect(confirm).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await kubectl('business', 'delete', 'storageclass', 'nfs-shared');
  await rowOf(page, 'nfs').getByRole('button', { name: 'Uninstall', exact: true }).click();
  await dialog.getByRole('checkbox').check();
  await expect(dialog).not.toContainText('nfs-shared');
  await confirm.click();
  await expect(rowOf(page, 'nfs')).toContainText('Ready', { timeout: 40_000 });
  await expectNotInstalled(kubectl, 'business', 'nfs');
});

test('a viewer sees every button, and which permission is missing', async ({ page, signIn }) => {
  await signIn('viewer');
  await page.goto(plugins);
  const upgrade = rowOf(page, 'descheduler').getByRole('button', { name: 'Upgrade', exact: true });
  await expect(upgrade).toBeDisabled();
  await expect(upgrade).toHaveAccessibleDescription(/permission to patch moduleinfoes\.cluster\.alauda\.io/);
});

test('the pages of plugins at work pass axe', async ({ page, signIn }) => {
  await signIn('admin');
  const paths = ['', '/prometheus', '/prometheus?tab=configuration', '/hami', '/image-registry/install'];
  for (const path of paths) {
    await page.goto(plugins + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await expectAccessible(page);
  }
});
