import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/test';

const plugins = '/clusters/business/plugins';
const installed = (name: string) => [
  'get',
  'moduleinfo',
  '-l',
  `cpaas.io/cluster-name=business,cpaas.io/module-name=${name}`,
  '-o',
];

test.use({ stackOptions: { state: 'lived-in' } });

function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('table', { name: 'Cluster plugins' })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });
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
  await rowOf(page, 'logagent').getByRole('button', { name: 'Upgrade', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading').first()).toContainText('business');
  await expect(dialog.getByRole('list', { name: 'What its form asks differently' })).toContainText(
    'Buffer (MiB)',
  );
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Upgrade', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, 'logagent')).toContainText('Running', { timeout: 40_000 });
  await expect(rowOf(page, 'logagent')).toContainText('v4.2.0');
  const spec = JSON.parse(await kubectl('global', ...installed('logagent'), 'jsonpath={.items[0].spec}'));
  expect(spec.version).toBe('v4.2.0');
  expect(spec.config.storage).toEqual({ type: 'ElasticSearch' });
});

test('a running plugin is updated: what it was installed with stays, what the form does not know survives', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('admin');
  const before = JSON.parse(
    await kubectl('global', ...installed('kueue'), 'jsonpath={.items[0].spec.config}'),
  );
  await page.goto(plugins);
  await rowOf(page, 'kueue').getByRole('button', { name: 'Update', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const control = dialog.getByRole('switch').first();
  await expect(control).toBeVisible();
  await control.click();
  await dialog.getByRole('button', { name: 'Update', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  const after = JSON.parse(
    await kubectl('global', ...installed('kueue'), 'jsonpath={.items[0].spec.config}'),
  );
  expect(after).not.toEqual(before);
  expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
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
  expect(await kubectl('global', ...installed('nfs'), 'name')).toBe('');
});

test('a viewer sees every button, and which permission is missing', async ({ page, signIn }) => {
  await signIn('viewer');
  await page.goto(plugins);
  const upgrade = rowOf(page, 'prometheus').getByRole('button', { name: 'Upgrade', exact: true });
  await expect(upgrade).toBeDisabled();
  await expect(upgrade).toHaveAccessibleDescription(/permission to patch moduleinfoes\.cluster\.alauda\.io/);
});
