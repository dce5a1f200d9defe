import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { chartFolder, pluginFolder } from '../cli/testing/folders';
import { expect, expectAccessible, test } from './support/test';
import { checksumOf, packOperator, pushFolder, violet, writeChecksum } from './support/violet';

const mysql = '/clusters/global/operatorhub/cpaas-system/platform/mysql-operator';
const displayName = 'Alauda Application Services for MySQL';

test.use({ stackOptions: { state: 'fresh', sandbox: { SANDBOX_SPEED: '5' } } });

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packages-e2e-'));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

async function openUpload(page: Page): Promise<Locator> {
  await page.goto('/packages');
  await page.getByRole('button', { name: 'Upload package' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: 'Upload package' })).toBeVisible();
  return dialog;
}

test.describe
  .serial('an uploaded operator', () => {
    test('an operator that is Absent is uploaded in the browser, becomes Ready and is installed', async ({
      page,
      signIn,
      kubectl,
    }) => {
      test.setTimeout(180_000);
      await signIn('admin');
      await page.goto(mysql);
      await expect(page.getByRole('heading', { level: 1, name: displayName })).toBeVisible();
      await expect(page.getByText('Absent', { exact: true }).first()).toBeVisible();
      await page.getByRole('link', { name: 'Upload Packages' }).last().click();
      await expect(page).toHaveURL(/\/packages\?tab=operator/);

      const file = await packOperator(folder, '4.1.0');
      const dialog = await openUpload(page);
      await dialog
        .getByLabel('Choose packages or drop them here')
        .setInputFiles([file, await writeChecksum(file)]);
      const row = dialog.getByRole('listitem', { name: /mysql-operator\.stable/ });
      await expect(row.getByText('Verified with checksum')).toBeVisible({ timeout: 30_000 });
      await expect(row.getByText(displayName)).toBeVisible();
      await expect(row.getByText('linux/amd64')).toBeVisible();
      await expect(dialog.getByRole('checkbox', { name: 'global' })).toBeChecked();
      await expectAccessible(page);
      // Nothing is on the platform before it is pushed.
      expect(await kubectl('global', '-n', 'cpaas-system', 'get', 'artifacts', '-o', 'name')).not.toContain(
        'mysql',
      );
      await dialog.getByRole('button', { name: 'Push', exact: true }).click();
      await expect(row.getByText('The platform takes 10 to 15 minutes')).toBeVisible({ timeout: 60_000 });
      await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

      const uploaded = page
        .getByRole('table', { name: 'Uploaded operators' })
        .getByRole('row')
        .filter({ hasText: 'mysql-operator' });
      await expect(uploaded).toContainText('v4.1.0');
      await expect(uploaded.getByText('Present', { exact: true })).toBeVisible({ timeout: 60_000 });

      await page.goto(mysql);
      await expect(page.getByText('Ready', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
      await page.getByRole('link', { name: 'Install', exact: true }).click();
      await page.getByRole('radio', { name: 'Manual' }).check();
      await page.getByRole('button', { name: 'Install', exact: true }).click();
      await page.getByRole('button', { name: 'Approve', exact: true }).click({ timeout: 60_000 });
      await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
      await expect(page.getByText('Succeeded', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
    });

    test('a new version that is uploaded is offered as an upgrade', async ({ page, signIn }) => {
      test.setTimeout(120_000);
      await signIn('admin');
      const file = await packOperator(folder, '4.1.1', 'mysql-operator.v4.1.0');
      const dialog = await openUpload(page);
      await dialog.getByLabel('Choose packages or drop them here').setInputFiles(file);
      const row = dialog.getByRole('listitem', { name: /v4\.1\.1/ });
      await expect(row.getByText('Not verified')).toBeVisible({ timeout: 30_000 });
      await expect(dialog.getByRole('button', { name: 'Push', exact: true })).toBeDisabled();
      const digest = await checksumOf(file);
      await row.getByRole('textbox', { name: 'SHA-256 checksum' }).fill(digest);
      await row.getByRole('button', { name: 'Verify' }).click();
      await expect(row.getByText('Verified with checksum')).toBeVisible({ timeout: 30_000 });
      await dialog.getByRole('button', { name: 'Push', exact: true }).click();
      await expect(row.getByText('The platform takes 10 to 15 minutes')).toBeVisible({ timeout: 60_000 });
      await page.goto(mysql);
      await expect(
        page
          .getByText('Upgrade available', { exact: true })
          .or(page.getByText('Awaiting approval', { exact: true }))
          .first(),
      ).toBeVisible({ timeout: 60_000 });
    });

    test('a version is deleted after its consequences were told', async ({ page, signIn, kubectl }) => {
      await signIn('admin');
      await page.goto('/packages?package=mysql-operator');
      const details = page.getByRole('dialog', { name: displayName });
      await expect(details.getByText('v4.1.1', { exact: true })).toBeVisible();
      await expectAccessible(page);
      await details.getByRole('button', { name: 'Delete', exact: true }).first().click();
      const dialog = page.getByRole('dialog', { name: /^Delete/ });
      await expect(dialog).toContainText('no longer offers version v4.1.1');
      const confirm = dialog.getByRole('button', { name: 'Delete', exact: true });
      await expect(confirm).toBeDisabled();
      await dialog.getByRole('textbox', { name: 'Type mysql-operator to confirm' }).fill('mysql-operator');
      await expectAccessible(page);
      await confirm.click();
      await expect(details.getByText('v4.1.1', { exact: true })).toHaveCount(0, { timeout: 30_000 });
      expect(
        await kubectl('global', '-n', 'cpaas-system', 'get', 'artifactversions', '-o', 'name'),
      ).not.toContain('mysql-operator.v4.1.1');
    });
  });

test('a folder is pushed with the tool: its plugin is installed with its form, a version of its chart deleted', async ({
  page,
  signIn,
  stack,
}) => {
  test.setTimeout(180_000);
  await signIn('admin');
  await page.goto('/clusters/business/plugins');
  const plugin = page.getByRole('row').filter({ has: page.getByText('harbor-robot-gen', { exact: true }) });
  await expect(plugin).toContainText('Absent');
  const packages = join(folder, 'pushed');
  await mkdir(packages);
  const form = {
    config: { account: { replicas: 1 } },
    deployDescriptors: [
      {
        path: 'account.replicas',
        'x-descriptors': [
          'urn:alm:descriptor:com.tectonic.ui:number',
          'urn:alm:descriptor:label:en:Replicas',
        ],
      },
    ],
  };
  const sources = [
    await pluginFolder('harbor-robot-gen', 'v1.0.0', form),
    await chartFolder('echo-server', '1.2.3'),
    await chartFolder('echo-server', '1.2.4'),
  ];
  for (const source of sources) await violet(['create', source, '--output', packages]);
  await pushFolder(stack, packages);

  await expect(plugin).toContainText('Ready', { timeout: 60_000 });
  await plugin.getByRole('link', { name: 'Install', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Version' })).toHaveValue('v1.0.0');
  await page.getByLabel('Replicas').fill('2');
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await expect(page.getByText('Running').first()).toBeVisible({ timeout: 60_000 });

  await page.goto('/packages?tab=chart&package=echo-server');
  const details = page.getByRole('dialog', { name: 'echo-server' });
  await expect(details.getByText('1.2.4', { exact: true })).toBeVisible();
  await details.getByRole('button', { name: 'Delete', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: /^Delete/ });
  await expect(dialog).toContainText('public-charts no longer offers version 1.2.4');
  await dialog.getByRole('textbox', { name: 'Type echo-server to confirm' }).fill('echo-server');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(details.getByText('1.2.4', { exact: true })).toHaveCount(0, { timeout: 30_000 });
  await expect(details.getByText('1.2.3', { exact: true })).toBeVisible();
});

test('what is no package is refused with a reason, and an unsound one leaves nothing behind', async ({
  page,
  signIn,
}) => {
  await signIn('admin');
  const dialog = await openUpload(page);
  const choose = dialog.getByLabel('Choose packages or drop them here');
  await choose.setInputFiles([
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') },
    { name: 'liar.tgz', mimeType: 'application/gzip', buffer: Buffer.from('plain text') },
    { name: 'empty.tgz', mimeType: 'application/gzip', buffer: Buffer.from('') },
    { name: 'cut-short.tgz', mimeType: 'application/gzip', buffer: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]) },
  ]);
  const said = (name: string) => dialog.getByRole('listitem', { name }).getByRole('alert');
  await expect(said('notes.txt')).toContainText('packages are .tgz files');
  await expect(said('liar.tgz')).toContainText('is not a gzip archive');
  await expect(said('empty.tgz')).toContainText('is empty');
  await expect(said('cut-short.tgz')).toContainText('cut-short.tgz', { timeout: 30_000 });
  await expectAccessible(page);
});

test('the tool is served with its checksum and says that it needs Node.js', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto('/packages?tab=plugin');
  await expect(page.getByRole('table', { name: 'Uploaded cluster plugins' })).toContainText('web-cli');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Download Packaging and Listing Tool' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('It needs Node.js');
  await dialog.getByRole('tab', { name: 'Windows' }).click();
  await expect(dialog).toContainText('violet.cmd');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Download violet.mjs', exact: true }).click(),
  ]);
  const digest = await checksumOf(await download.path());
  await expect(dialog).toContainText(digest);
  await expectAccessible(page);
});

for (const user of ['viewer', 'operator'] as const) {
  test(`${user} can't upload, and is told why`, async ({ page, signIn }) => {
    await signIn(user);
    await page.goto('/packages');
    await expect(page.getByRole('heading', { level: 1, name: 'Upload Packages' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Upload package' })).toBeDisabled({ timeout: 15_000 });
  });
}
