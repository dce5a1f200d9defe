import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/test';

const run = promisify(execFile);

test.use({ stackOptions: { state: 'fresh' } });

const operator = (cluster: string, name: string) =>
  `/clusters/${cluster}/operatorhub/cpaas-system/platform/${name}`;
const route = (cluster: string, name: string) =>
  `/api/clusters/${cluster}/operators/cpaas-system/platform/${name}`;

/** Installs through the console's own route, and waits until its Subscription is as far as `status` says. */
async function install(
  request: APIRequestContext,
  origin: string,
  [cluster, name]: [string, string],
  order: Record<string, string>,
  status: string,
) {
  const headers = { origin };
  await request.post('/api/auth/token', { data: { token: 'admin-token' }, headers });
  const data = { mode: 'AllNamespaces', approval: 'Automatic', ...order };
  const answer = await request.post(`${route(cluster, name)}/install`, { data, headers });
  expect(answer.status(), await answer.text()).toBe(200);
  const statusNow = async () => (await (await request.get(route(cluster, name))).json()).status;
  await expect.poll(statusNow, { timeout: 45_000 }).toBe(status);
}

const harbor = {
  channel: 'stable',
  version: '2.12.11',
  namespace: 'harbor-ce-operator',
  approval: 'Manual',
};

const postgres = (name: string, finalizers: string[]) =>
  JSON.stringify({
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name, namespace: 'default', finalizers },
    spec: { instances: 1, storage: { size: '1Gi' } },
  });

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
  request,
  stack,
}, info) => {
  await install(
    request,
    stack.url,
    ['business', 'cloudnative-pg'],
    { channel: 'stable-v1', version: '1.27.0', namespace: 'postgres' },
    'Installed',
  );
  const create = async (name: string, finalizers: string[]) => {
    const file = info.outputPath(`${name}.json`);
    await writeFile(file, postgres(name, finalizers));
    await run('kubectl', ['--kubeconfig', stack.kubeconfig, '--context', 'business', 'create', '-f', file]);
  };
  await create('sessions', []);
  await create('queue', ['example.com/backup']);
  const left = () => kubectl('business', '-n', 'postgres', 'get', 'subscriptions,csv', '-o', 'name');

  await signIn('admin');
  await page.goto(operator('business', 'cloudnative-pg'));
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
  expect(await left()).toContain('subscription.operators.coreos.com/cloudnative-pg');

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
    'clusters.postgresql.cnpg.io',
    'queue',
    '--type=merge',
    '-p',
    '{"metadata":{"finalizers":null}}',
  );
  await expect(page.getByText('The operator is uninstalled')).toBeVisible({ timeout: 30_000 });
  await expect.poll(left).not.toContain('cloudnative-pg');

  const leftovers = page.getByRole('list', { name: 'Leftovers' });
  await expect(leftovers.getByRole('checkbox', { name: /CustomResourceDefinition/ }).first()).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await leftovers
    .getByRole('checkbox', { name: 'CustomResourceDefinition clusters.postgresql.cnpg.io' })
    .check();
  await page.getByRole('button', { name: 'Delete selected' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete selected' }).click();
  await expect(
    leftovers.getByRole('checkbox', { name: 'CustomResourceDefinition clusters.postgresql.cnpg.io' }),
  ).toHaveCount(0);
  const definitions = await kubectl('business', 'get', 'crds', '-o', 'name');
  expect(definitions).not.toContain('/clusters.postgresql.cnpg.io');
  expect(definitions).toContain('/backups.postgresql.cnpg.io');

  await page.getByRole('link', { name: 'To the operator' }).click();
  await expect(page.getByText('Ready', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Uninstall', exact: true })).toHaveCount(0);
});

test('on global the name of the operator has to be typed', async ({
  page,
  signIn,
  kubectl,
  request,
  stack,
}) => {
  await install(
    request,
    stack.url,
    ['global', 'keda'],
    { channel: 'stable', version: '2.17.2', namespace: 'keda' },
    'Installed',
  );
  await signIn('admin');
  await page.goto(operator('global', 'keda'));
  const dialog = await openDialog(page);
  await expect(dialog.getByRole('heading', { level: 2 })).toContainText('global');
  await expect(confirm(page)).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Type keda to confirm' }).fill('keda');
  await confirm(page).click();
  await expect(page.getByText('The operator is uninstalled')).toBeVisible();
  await expect.poll(() => kubectl('global', '-n', 'keda', 'get', 'subscriptions,csv', '-o', 'name')).toBe('');
});

test('a viewer is told which permission is missing', async ({ page, signIn, request, stack, kubectl }) => {
  await install(request, stack.url, ['business', 'harbor-ce-operator'], harbor, 'Awaiting approval');
  await signIn('viewer');
  await page.goto(operator('business', 'harbor-ce-operator'));
  for (const name of ['Uninstall', 'Change channel']) {
    const button = page.getByRole('button', { name, exact: true });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(/permission to (delete|patch) subscriptions/);
  }
  await request.post('/api/auth/token', { data: { token: 'viewer-token' }, headers: { origin: stack.url } });
  const path = route('business', 'harbor-ce-operator');
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

test('a channel is changed after the dialog has told what will follow', async ({
  page,
  signIn,
  kubectl,
  request,
  stack,
}) => {
  await install(
    request,
    stack.url,
    ['edge', 'cloudnative-pg'],
    { channel: 'stable-v1.25', version: '1.25.3', namespace: 'cnpg-system' },
    'Installed',
  );
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
  await expect(dialog).toContainText('at once and without asking again');
  await dialog.getByRole('radio', { name: 'Manual' }).check();
  await expect(dialog).toContainText('OLM prepares the upgrade from 1.25.3 towards 1.27.0');
  await expectAccessible(page);
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
  const order = { ...harbor, namespace: 'harbor-two' };
  await install(request, stack.url, ['global', 'harbor-ce-operator'], order, 'Awaiting approval');
  await signIn('admin');
  await page.goto(operator('global', 'harbor-ce-operator'));
  await page.getByRole('button', { name: 'Change channel', exact: true }).click();
  const automatic = page.getByRole('dialog').getByRole('radio', { name: 'Automatic' });
  await expect(automatic).toBeDisabled();
  await expect(automatic).toHaveAccessibleDescription(/only Manual/);
  await request.post('/api/auth/token', { data: { token: 'admin-token' }, headers: { origin: stack.url } });
  const answer = await request.patch(`${route('global', 'harbor-ce-operator')}/subscription`, {
    data: { namespace: 'harbor-two', name: 'harbor-ce-operator', approval: 'Automatic' },
    headers: { origin: stack.url },
  });
  expect(answer.status()).toBe(422);
  expect((await answer.json()).fields).toContainEqual(expect.objectContaining({ path: 'approval' }));
});
