import { expectCreated, shownManifests } from './support/manifests';
import { expect, test } from './support/test';

const hub = '/clusters/business/operatorhub';
const harbor = `${hub}/cpaas-system/platform/harbor-ce-operator`;
const subscription = ['-n', 'harbor-ce-operator', 'get', 'subscription', 'harbor-ce-operator', '-o'];

test.use({ stackOptions: { state: 'fresh' } });

test('an administrator finds, installs, approves and upgrades Alauda Build of Harbor', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('admin');
  await page.goto(hub);
  await expect(page.getByRole('heading', { level: 1, name: 'OperatorHub' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search operators' }).fill('harbor');
  const operators = page.getByRole('region', { name: 'Operators' });
  await operators.getByRole('link', { name: 'Alauda Build of Harbor', exact: true }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Alauda Build of Harbor' })).toBeVisible();
  await page.getByRole('link', { name: 'Install', exact: true }).click();

  await page.getByRole('combobox', { name: 'Channel' }).selectOption('stable');
  await page.getByRole('combobox', { name: 'Version' }).selectOption('2.12.10');
  await expect(page.getByRole('combobox', { name: 'Namespace' })).toHaveValue('harbor-ce-operator');
  await expect(page.getByRole('radio', { name: 'All namespaces' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Manual' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Automatic' })).toBeDisabled();
  await page.getByRole('button', { name: 'YAML and commands' }).click();
  const shown = await shownManifests(page);
  expect(shown.map(({ kind }) => kind)).toEqual(['Namespace', 'Subscription']);
  expect(shown[1]).toMatchObject({
    metadata: { annotations: { 'cpaas.io/target-namespaces': '' } },
    spec: { installPlanApproval: 'Manual', startingCSV: 'harbor-ce-operator.v2.12.10' },
  });
  await expect(page.getByText("--context 'business'").first()).toBeVisible();
  await page.getByRole('button', { name: 'Install', exact: true }).click();

  const approve = page.getByRole('button', { name: 'Approve', exact: true });
  await approve.click();
  await expect(page.getByRole('dialog').getByRole('heading')).toContainText('business');
  expect(await kubectl('business', ...subscription, 'jsonpath={.status.state}')).toBe('UpgradePending');
  await expectCreated(shown, kubectl, 'business');
  await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByText('Succeeded').first()).toBeVisible({ timeout: 30_000 });
  expect(
    await kubectl(
      'business',
      '-n',
      'harbor-ce-operator',
      'get',
      'csv',
      'harbor-ce-operator.v2.12.10',
      '-o',
      'jsonpath={.status.phase}',
    ),
  ).toBe('Succeeded');

  await page.goto(harbor);
  // 2.12.11 waits in the channel: OLM makes the second plan by itself.
  await page.getByRole('button', { name: 'Approve', exact: true }).first().click();
  await expect(page.getByRole('dialog')).toContainText('2.12.11');
  await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await expect
    .poll(
      () =>
        kubectl(
          'business',
          '-n',
          'harbor-ce-operator',
          'get',
          'csv',
          '-o',
          'jsonpath={.items[*].metadata.name} {.items[*].status.phase}',
        ),
      { timeout: 30_000 },
    )
    .toBe('harbor-ce-operator.v2.12.11 Succeeded');
  await page.goto(`${hub}?q=harbor`);
  const card = operators.getByRole('listitem').filter({ hasText: 'Alauda Build of Harbor' });
  await expect(card).toContainText('Installed');
  await expect(card).toContainText('2.12.11');
});
