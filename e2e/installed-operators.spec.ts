import { expectCards } from './support/narrow';
import { expect, expectAccessible, test } from './support/test';
import { confirmUninstall, openUninstallDialog } from './support/uninstall-dialog';

const installed = '/clusters/business/operators';

test.use({ stackOptions: { state: 'lived-in' } });

test('a viewer sees what runs, and why something is stuck', async ({ page, signIn }) => {
  await signIn('viewer');
  await page.goto('/clusters/business/operatorhub');
  await page
    .getByRole('navigation', { name: 'Administrator' })
    .getByRole('link', { name: 'Installed Operators' })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Installed Operators' })).toBeVisible();
  const table = page.getByRole('table', { name: 'Installed operators' });
  const harbor = table.getByRole('row').filter({ hasText: 'Alauda Build of Harbor' });
  await expect(harbor).toContainText('harbor-ce-operator');
  await expect(harbor).toContainText('Upgrade available');
  await expect(harbor).toContainText('Manual');
  await expect(harbor).toContainText('waits for approval');
  await expect(table.getByRole('row').filter({ hasText: 'log-archiver-operator' })).toContainText(
    'registry.example.com/platform/log-archiver:1.4.0',
  );
  await expectAccessible(page);
  await expectCards(page, table);
});

test('search, filter and order are in the address', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto(installed);
  const table = page.getByRole('table', { name: 'Installed operators' });
  await table.getByRole('button', { name: 'Name', exact: true }).click();
  await expect(table.getByRole('columnheader', { name: 'Name', exact: true })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await table.getByRole('button', { name: 'Name', exact: true }).click();
  await expect(page).toHaveURL(/sort=name&descending=true|descending=true&sort=name/);
  await page.getByRole('searchbox', { name: 'Search installed operators' }).fill('rabbitmq-system');
  await expect(table.getByRole('row')).toHaveCount(3);
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('rabbitmq-system');
  await expect(table.getByRole('row')).toHaveCount(3);
  await page.getByRole('searchbox').fill('nothing like it');
  await expect(page.getByRole('heading', { name: 'No installed operator matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await page
    .getByRole('group', { name: 'Status' })
    .getByRole('button', { name: /Upgrade available/ })
    .click();
  await expect(page).toHaveURL(/status=Upgrade/);
  await expect(table.getByText('Installed', { exact: true })).toHaveCount(0);
});

test('who may read one namespace only names it, and sees what is in it', async ({ page, signIn }) => {
  await signIn('operator');
  await page.goto('/approvals');
  await page.getByRole('link', { name: 'Approvals on business' }).click();
  await expect(page.getByRole('heading', { name: 'You may not read all of cluster business' })).toBeVisible();
  await page.goto(installed);
  await expect(page.getByRole('heading', { name: 'You may not read all of cluster business' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Namespace' }).fill('team-a');
  await page.getByRole('button', { name: 'Show namespace' }).click();
  await expect(page).toHaveURL(/namespace=team-a/);
  const table = page.getByRole('table', { name: 'Installed operators' });
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table).toContainText('team-a');
  await expectAccessible(page);

  // The next page remembers it.
  await page
    .getByRole('navigation', { name: 'Administrator' })
    .getByRole('link', { name: 'OperatorHub' })
    .click();
  await expect(page).toHaveURL(/operatorhub\?namespace=team-a/);
  await expect(page.getByRole('region', { name: 'Operators' }).getByRole('link').first()).toBeVisible();
  await page.goto('/clusters/business/operatorhub/cpaas-system/platform/prometheus');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Prometheus');
  await expect(page.getByText('Only what namespace team-a shows')).toBeVisible();
});

test('who may work in one namespace only installs there, and is told why not elsewhere', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('operator');
  await page.goto('/clusters/business/operatorhub?namespace=team-a&q=keycloak');
  const operators = page.getByRole('region', { name: 'Operators' });
  await operators.getByRole('listitem').filter({ hasNotText: 'Custom' }).getByRole('link').first().click();
  await page.getByRole('link', { name: 'Install', exact: true }).click();
  const namespace = page.getByRole('combobox', { name: 'Namespace' });
  await expect(namespace).toHaveValue('team-a');
  await expect(page.getByRole('radio', { name: 'Own namespace' })).toBeChecked();
  await expect(page.getByRole('region', { name: 'What stands in the way' })).toContainText('prometheus');
  await expectAccessible(page);
  const install = page.getByRole('button', { name: 'Install', exact: true });
  await namespace.fill('default');
  await namespace.press('Escape');
  await expect(
    page.getByText(/create subscriptions\.operators\.coreos\.com in namespace default/),
  ).toBeVisible();
  await expect(install).toBeDisabled();
  await namespace.fill('team-a');
  await namespace.press('Escape');
  await page.getByRole('radio', { name: 'Manual' }).check();
  await install.click();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByText('Succeeded', { exact: true }).first()).toBeVisible({ timeout: 30_000 });

  // What they may not read of the rest of the cluster is said, and the way out stays open.
  await page.getByRole('link', { name: 'Back to the operator' }).click();
  const dialog = await openUninstallDialog(page);
  await expect(dialog).toContainText('keycloak-operator.v26.3.2');
  await confirmUninstall(page).click();
  await expect(page.getByText('The operator is uninstalled')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Some things could not be read')).toBeVisible();
  expect(await kubectl('business', '-n', 'team-a', 'get', 'csv', '-o', 'name')).not.toContain('keycloak');
});
