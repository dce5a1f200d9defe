import { changeAndUninstallJourneys } from './journeys/change-and-uninstall';
import { expectStatus, operatorPage, operatorRoute, subscribe, type Target } from './support/operator';
import { acp } from './support/place';
import { expect, signOut, test } from './support/test';
import { confirmUninstall, openUninstallDialog } from './support/uninstall-dialog';

test.use({ stackOptions: { state: 'fresh' } });

changeAndUninstallJourneys(acp);

const { platform } = acp.catalogs;
const harbor = {
  channel: 'stable',
  version: '2.12.11',
  namespace: 'harbor-ce-operator',
  approval: 'Manual',
};

test('what lost its Subscription is uninstalled from the list; on global its name has to be typed', async ({
  page,
  signIn,
  kubectl,
}) => {
  const keda: Target = [platform, 'keda', 'global'];
  await signIn('admin');
  await subscribe(page, keda, { channel: 'stable', version: '2.17.2', namespace: 'keda' });
  await expectStatus(page, keda, 'Installed');
  await kubectl('global', '-n', 'keda', 'delete', 'subscriptions.operators.coreos.com', 'keda');
  await page.goto('/clusters/global/operators?q=keda');
  await expect(page.getByText('No Subscription', { exact: true })).toBeVisible();
  await page.getByRole('table', { name: 'Installed operators' }).getByRole('link', { name: 'KEDA' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Uninstalling');
  const dialog = await openUninstallDialog(page);
  await expect(dialog.getByRole('heading', { level: 2 })).toContainText('global');
  await expect(confirmUninstall(page)).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Type keda to confirm' }).fill('keda');
  await confirmUninstall(page).click();
  await expect(page.getByText('The operator is uninstalled')).toBeVisible();
  await expect.poll(() => kubectl('global', '-n', 'keda', 'get', 'subscriptions,csv', '-o', 'name')).toBe('');
});

test('a viewer is told which permission is missing', async ({ page, signIn, stack, kubectl }) => {
  const target: Target = [platform, 'harbor-ce-operator'];
  await signIn('admin');
  await subscribe(page, target, harbor);
  await expectStatus(page, target, 'Awaiting approval');
  await signOut(page);
  await signIn('viewer');
  await page.goto(operatorPage(...target));
  for (const name of ['Uninstall', 'Change channel']) {
    const button = page.getByRole('button', { name, exact: true });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(/permission to (delete|patch) subscriptions/);
  }
  const path = operatorRoute(...target);
  const named = { namespace: 'harbor-ce-operator', name: 'harbor-ce-operator' };
  const headers = { origin: stack.url };
  const removal = await page.request.delete(path, { params: named, headers });
  const change = await page.request.patch(`${path}/subscription`, {
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

test('an Alauda operator can not be set to Automatic, however it is asked', async ({
  page,
  signIn,
  stack,
}) => {
  const target: Target = [platform, 'harbor-ce-operator', 'global'];
  await signIn('admin');
  await subscribe(page, target, { ...harbor, namespace: 'harbor-two' });
  await expectStatus(page, target, 'Awaiting approval');
  await page.goto(operatorPage(...target));
  await page.getByRole('button', { name: 'Change channel', exact: true }).click();
  const automatic = page.getByRole('dialog').getByRole('radio', { name: 'Automatic' });
  await expect(automatic).toBeDisabled();
  await expect(automatic).toHaveAccessibleDescription(/only Manual/);
  const answer = await page.request.patch(`${operatorRoute(...target)}/subscription`, {
    data: { namespace: 'harbor-two', name: 'harbor-ce-operator', approval: 'Automatic' },
    headers: { origin: stack.url },
  });
  expect(answer.status()).toBe(422);
  expect((await answer.json()).fields).toContainEqual(expect.objectContaining({ path: 'approval' }));
});
