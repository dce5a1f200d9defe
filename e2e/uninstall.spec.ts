import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/test';

const run = promisify(execFile);

test.use({ stackOptions: { state: 'lived-in' } });
test.describe.configure({ mode: 'serial' });

const operator = (cluster: string, name: string) =>
  `/clusters/${cluster}/operatorhub/cpaas-system/platform/${name}`;
const redis = operator('business', 'redis-operator');

function instance(name: string, finalizers: string[]) {
  return JSON.stringify({
    apiVersion: 'middleware.alauda.io/v1',
    kind: 'Redis',
    metadata: { name, namespace: 'default', finalizers },
    spec: { arch: 'sentinel', version: '7.2' },
  });
}

async function openDialog(page: Page) {
  await page.getByRole('button', { name: 'Uninstall', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[aria-busy="true"]')).toHaveCount(0);
  return dialog;
}

const confirm = (page: Page) =>
  page.getByRole('dialog').getByRole('button', { name: 'Uninstall', exact: true });

test('an uninstallation waits for a finalizer that blocks, survives a reload, and ends', async ({
  page,
  signIn,
  kubectl,
  stack,
}, info) => {
  const create = async (name: string, finalizers: string[]) => {
    const file = info.outputPath(`${name}.json`);
    await writeFile(file, instance(name, finalizers));
    await run('kubectl', ['--kubeconfig', stack.kubeconfig, '--context', 'business', 'create', '-f', file]);
  };
  await create('sessions', []);
  await create('queue', ['example.com/backup']);
  const left = () => kubectl('business', '-n', 'redis-system', 'get', 'subscriptions,csv', '-o', 'name');

  await signIn('admin');
  await page.goto(redis);
  let dialog = await openDialog(page);
  await expect(dialog.getByRole('heading', { level: 2 })).toContainText('business');
  await expect(dialog).toContainText('2 instances are left without an operator');
  await expect(dialog).toContainText('default/queue');
  await expect(dialog).toContainText('example.com/backup');
  await expectAccessible(page);
  await dialog.getByRole('checkbox', { name: 'Delete the 2 instances first' }).check();
  await confirm(page).click();

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Uninstalling');
  await expect(page.getByText('1 of 2 gone')).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '1');
  await expect(page.getByText('Finalizers hold these up')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Stop waiting' }).click();
  await expect(page.getByText('Instances are still there')).toBeVisible();
  expect(await left()).toContain('subscription.operators.coreos.com/redis-operator');

  // Nothing is remembered in the browser: what the cluster holds tells where to go on.
  await page.reload();
  await expect(page.getByText('Instances are being deleted')).toBeVisible();
  dialog = await openDialog(page);
  await expect(dialog).toContainText('held by finalizers');
  await dialog.getByRole('checkbox', { name: 'Delete the 1 instance first' }).check();
  await confirm(page).click();
  await expect(page.getByText('0 of 1 gone')).toBeVisible();
  await kubectl(
    'business',
    '-n',
    'default',
    'patch',
    'redis.middleware.alauda.io',
    'queue',
    '--type=merge',
    '-p',
    '{"metadata":{"finalizers":null}}',
  );
  await expect(page.getByText('The operator is uninstalled')).toBeVisible({ timeout: 30_000 });
  await expect.poll(left).not.toContain('redis-operator');

  const leftovers = page.getByRole('list', { name: 'Leftovers' });
  await expect(leftovers.getByRole('checkbox', { name: /CustomResourceDefinition/ }).first()).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await leftovers
    .getByRole('checkbox', { name: 'CustomResourceDefinition redis.middleware.alauda.io' })
    .check();
  await page.getByRole('button', { name: 'Delete selected' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete selected' }).click();
  await expect(
    leftovers.getByRole('checkbox', { name: 'CustomResourceDefinition redis.middleware.alauda.io' }),
  ).toHaveCount(0);
  const definitions = await kubectl('business', 'get', 'crds', '-o', 'name');
  expect(definitions).not.toContain('/redis.middleware.alauda.io');
  expect(definitions).toContain('/redisusers.middleware.alauda.io');

  await page.getByRole('link', { name: 'To the operator' }).click();
  await expect(page.getByText('Ready', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Uninstall', exact: true })).toHaveCount(0);
});

test('on global the name of the operator has to be typed', async ({ page, signIn, kubectl }) => {
  await signIn('admin');
  await page.goto(operator('global', 'grafana-operator'));
  const dialog = await openDialog(page);
  await expect(dialog.getByRole('heading', { level: 2 })).toContainText('global');
  await expect(confirm(page)).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Type grafana-operator to confirm' }).fill('grafana-operator');
  await confirm(page).click();
  await expect(page.getByText('The operator is uninstalled')).toBeVisible();
  await expect
    .poll(() => kubectl('global', '-n', 'grafana-operator', 'get', 'subscriptions,csv', '-o', 'name'))
    .toBe('');
});

test('a viewer is told which permission is missing', async ({ page, signIn, request, stack, kubectl }) => {
  await signIn('viewer');
  const harbor = operator('business', 'harbor-ce-operator');
  await page.goto(harbor);
  for (const name of ['Uninstall', 'Change channel']) {
    const button = page.getByRole('button', { name, exact: true });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(/permission to (delete|patch) subscriptions/);
  }
  await request.post('/api/auth/token', { data: { token: 'viewer-token' }, headers: { origin: stack.url } });
  const path = '/api/clusters/business/operators/cpaas-system/platform/harbor-ce-operator';
  const named = { namespace: 'harbor-ce-operator', name: 'harbor-ce-operator' };
  const headers = { origin: stack.url };
  const removal = await request.delete(path, { params: named, headers });
  const change = await request.patch(`${path}/subscription`, {
    data: { ...named, channel: 'stable' },
    headers,
  });
  for (const answer of [removal, change]) {
    expect(answer.status()).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'forbidden', reason: 'Forbidden' });
  }
  expect(
    await kubectl('business', '-n', 'harbor-ce-operator', 'get', 'subscriptions', '-o', 'name'),
  ).toContain('harbor-ce-operator');
});

test('a channel is changed after the dialog has told what will follow', async ({ page, signIn, kubectl }) => {
  await signIn('admin');
  await page.goto(operator('edge', 'cloudnative-pg'));
  await page.getByRole('button', { name: 'Change channel', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const change = dialog.getByRole('button', { name: 'Change channel', exact: true });
  await expect(dialog.getByRole('heading', { level: 2 })).toContainText('edge');
  await expect(dialog.getByRole('radio', { name: 'stable-v1.25' })).toBeChecked();
  await expect(dialog).toContainText('This channel is deprecated');
  await expect(change).toBeDisabled();
  await dialog.getByRole('radio', { name: 'stable-v1', exact: true }).check();
  await expect(dialog).toContainText('OLM prepares the upgrade from 1.25.1 towards 1.27.0');
  await expectAccessible(page);
  await dialog.getByRole('radio', { name: 'Automatic' }).check();
  await expect(dialog).toContainText('at once and without asking again');
  await dialog.getByRole('radio', { name: 'Manual' }).check();
  await change.click();
  await expect(dialog).toHaveCount(0);
  expect(
    await kubectl(
      'edge',
      '-n',
      'cnpg-system',
      'get',
      'subscriptions.operators.coreos.com',
      'cloudnative-pg',
      '-o',
      'jsonpath={.spec.channel} {.spec.installPlanApproval}',
    ),
  ).toBe('stable-v1 Manual');
});

test('an Alauda operator can not be set to Automatic, however it is asked', async ({
  page,
  signIn,
  request,
  stack,
}) => {
  await signIn('admin');
  await page.goto(operator('business', 'harbor-ce-operator'));
  await page.getByRole('button', { name: 'Change channel', exact: true }).click();
  const automatic = page.getByRole('dialog').getByRole('radio', { name: 'Automatic' });
  await expect(automatic).toBeDisabled();
  await expect(automatic).toHaveAccessibleDescription(/only Manual/);
  await request.post('/api/auth/token', { data: { token: 'admin-token' }, headers: { origin: stack.url } });
  const answer = await request.patch(
    '/api/clusters/business/operators/cpaas-system/platform/harbor-ce-operator/subscription',
    {
      data: { namespace: 'harbor-ce-operator', name: 'harbor-ce-operator', approval: 'Automatic' },
      headers: { origin: stack.url },
    },
  );
  expect(answer.status()).toBe(422);
  expect((await answer.json()).fields).toContainEqual(expect.objectContaining({ path: 'approval' }));
});
