import { readFile } from 'node:fs/promises';
import { namespace, operatorGroup, subscription } from './support/olm-objects';
import { expect, expectAccessible, test } from './support/test';

test.use({ stackOptions: { state: 'lived-in', sandbox: { SANDBOX_FAULTS: '1' } } });

const pageOf = (name: string) => `/clusters/business/operatorhub/cpaas-system/platform/${name}`;

test('a namespace without OperatorGroup is named in the list, and cured there', async ({
  page,
  signIn,
  apply,
}) => {
  await apply('business', namespace('silent'));
  await apply('business', subscription('jaeger', 'silent'));
  await signIn('admin');
  await page.goto('/clusters/business/operators?q=jaeger');
  const row = page
    .getByRole('table', { name: 'Installed operators' })
    .getByRole('row')
    .filter({ hasText: 'silent' });
  await expect(row.getByText(/The namespace has no OperatorGroup/)).toBeVisible();
  await row.getByRole('button', { name: 'What to do' }).click();
  await expect(row.getByText('Create an OperatorGroup.', { exact: false })).toBeVisible();
  await expectAccessible(page);
  await row.getByRole('button', { name: 'Create an OperatorGroup' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toHaveText('Create an OperatorGroup on business');
  await expect(dialog).toContainText('It watches all namespaces.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Create an OperatorGroup' }).click();
  await expect(row.getByText('Installed', { exact: true })).toBeVisible({ timeout: 60_000 });
});

test('two OperatorGroups, and the one that is too much is deleted on the page of the operator', async ({
  page,
  signIn,
  apply,
}) => {
  await apply('business', namespace('crowded'));
  await apply('business', operatorGroup('first', 'crowded'));
  await apply('business', operatorGroup('second', 'crowded'));
  await apply('business', subscription('knative-operator', 'crowded'));
  await signIn('admin');
  await page.goto(pageOf('knative-operator'));
  await expect(page.getByText(/several OperatorGroups: first, second/)).toBeVisible();
  await page.getByRole('button', { name: 'Delete OperatorGroup second' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toHaveText('Delete OperatorGroup second on business');
  await dialog.getByRole('button', { name: 'Delete OperatorGroup second' }).click();
  await expect(page.getByText('Installed', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/several OperatorGroups/)).toBeHidden();
});

test('a plan that was deleted comes anew, and the progress page goes on with that one', async ({
  page,
  signIn,
  kubectl,
}) => {
  const where = 'sonarqube-ce-operator';
  const plan = ['-n', where, 'get', 'installplans', '-o', 'jsonpath={.items[*].metadata.name}'];
  await signIn('admin');
  await page.goto(`${pageOf(where)}/progress?namespace=${where}&name=${where}`);
  await expect(page.getByText(/waits for approval/).first()).toBeVisible();
  const old = await kubectl('business', ...plan);
  await kubectl('business', '-n', where, 'delete', 'installplans', '--all');
  await expect.poll(() => kubectl('business', ...plan), { timeout: 60_000 }).toMatch(/^install-/);
  const anew = await kubectl('business', ...plan);
  expect(anew).not.toBe(old);
  await expect(page.getByText(`InstallPlan ${anew} waits for approval`).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible();
});

test('an image that can not be pulled: which pod, and a support bundle without secrets', async ({
  page,
  signIn,
}) => {
  await signIn('admin');
  await page.goto('/clusters/business/operators?q=log-archiver');
  const row = page
    .getByRole('table', { name: 'Installed operators' })
    .getByRole('row')
    .filter({ hasText: 'log-archiver-operator' });
  await expect(row.getByText(/The image .* cannot be pulled/)).toBeVisible();
  await row.getByRole('button', { name: 'What to do' }).click();
  await expect(row.getByText('Upload the image to the registry', { exact: false })).toBeVisible();
  await expect(row.getByText(/^Pod log-archiver/)).toBeVisible();
  const download = page.waitForEvent('download');
  await row.getByRole('link', { name: 'Support bundle' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('support-log-archiver-operator-log-archiver-operator.json');
  const bundle = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(bundle.about.diagnosis.cause.id).toBe('deploymentUnavailable');
  expect(bundle.objects.Pod.length).toBeGreaterThan(0);
  expect(JSON.stringify(bundle)).not.toContain('last-applied-configuration');
});

test('a viewer is told the cause and which permission the cure needs', async ({ page, signIn, apply }) => {
  await apply('business', namespace('looked-at'));
  await apply('business', subscription('minio-operator', 'looked-at'));
  await signIn('viewer');
  await page.goto(pageOf('minio-operator'));
  await expect(page.getByText(/The namespace has no OperatorGroup/).first()).toBeVisible();
  const cure = page.getByRole('button', { name: 'Create an OperatorGroup' });
  await expect(cure).toBeDisabled();
  await expect(cure).toHaveAccessibleDescription(/permission to create operatorgroups/);
});
