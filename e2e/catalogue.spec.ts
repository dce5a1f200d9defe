import { deprecationJourneys } from './journeys/deprecation';
import { acp } from './support/place';
import { expect, expectAccessible, test } from './support/test';

const hub = '/clusters/business/operatorhub';
const platform = `${hub}/cpaas-system/platform`;
const widget = `${hub}/cpaas-system/custom/sample-widget`;

test.use({ stackOptions: { state: 'lived-in' } });

test('the catalogue is searched, forgives a typo, and keeps what was asked in the address', async ({
  page,
  signIn,
}) => {
  await signIn('viewer');
  await page.goto(hub);
  const operators = page.getByRole('region', { name: 'Operators' });
  const search = page.getByRole('searchbox', { name: 'Search operators' });
  await search.fill('clickhuose');
  await expect(operators.getByRole('link')).toHaveCount(1);
  await expect(operators.getByRole('link', { name: 'ClickHouse Operator' })).toBeVisible();

  await search.fill('');
  await page
    .getByRole('group', { name: 'Status' })
    .getByRole('checkbox', { name: 'Upgrade available' })
    .check();
  await expect(operators.getByRole('link', { name: 'Alauda Build of Harbor', exact: true })).toBeVisible();
  await expect(operators.getByRole('link', { name: 'ClickHouse Operator' })).toHaveCount(0);
  await expect(page).toHaveURL(/status=Upgrade/);

  await operators.getByRole('link', { name: 'Alauda Build of Harbor', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Alauda Build of Harbor' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('checkbox', { name: 'Upgrade available' })).toBeChecked();

  await search.fill('no such thing at all');
  await expect(page.getByRole('heading', { name: 'No operator matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear all filters' }).last().click();
  await expect(search).toHaveValue('');
  await expect(operators.getByRole('link', { name: 'ClickHouse Operator' })).toBeVisible();
});

test('an absent operator says how it gets to the cluster', async ({ page, signIn, stack }) => {
  await signIn('admin');
  await page.goto(hub);
  await page.getByRole('group', { name: 'Status' }).getByRole('checkbox', { name: 'Absent' }).check();
  const operators = page.getByRole('region', { name: 'Operators' });
  const card = operators.getByRole('listitem').filter({ hasText: 'Alauda DevOps Connectors' });
  await expect(card).toContainText('Absent');
  await card.getByRole('link').click();

  await expect(page.getByRole('heading', { level: 1, name: 'Alauda DevOps Connectors' })).toBeVisible();
  await expect(page.getByText('connectors-operator.v1.1.0.tgz').first()).toBeVisible();
  const command = page.getByRole('region', { name: 'Upload command' });
  await expect(command).toContainText('violet push connectors-operator.v1.1.0.tgz');
  await expect(command).toContainText(`--platform-address ${stack.sandboxUrl}`);
  await expect(command).toContainText('--clusters business');
  await expect(page.getByRole('link', { name: 'Upload Packages' }).last()).toHaveAttribute(
    'href',
    '/packages?tab=operator',
  );
  await expect(page.getByRole('link', { name: 'Install', exact: true })).toHaveCount(0);
  await expectAccessible(page);
});

test('the page of an operator tells its rights and where it is installed', async ({ page, signIn }) => {
  await signIn('viewer');
  await page.goto(`${platform}/harbor-ce-operator`);
  await expect(page.getByRole('region', { name: 'Rights' })).toContainText('on the whole cluster');
  await expect(page.getByRole('region', { name: 'Installed in' })).toContainText('harbor-ce-operator');
  await page.goto(`${platform}/jaeger`);
  await expect(page.getByRole('region', { name: 'Rights' })).toContainText('Not known yet');
});

deprecationJourneys(acp);

// That the browser asks nobody else for anything is looked at in every journey: see the fixture of the page.
test('a hostile description runs nothing and asks nobody else for anything', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto(`${hub}?q=widget`);
  await page.getByRole('region', { name: 'Operators' }).getByRole('link', { name: 'Sample Widget' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sample Widget' })).toBeVisible();
  for (const tab of ['Versions', 'Subscription', 'Events', 'YAML', 'Overview']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  }
  await page.goto(`${widget}/install`);
  await expect(page.getByRole('button', { name: 'Install', exact: true })).toBeVisible();
  await page.goto('/clusters/business/operators');
  await expect(page.getByRole('table', { name: 'Installed operators' })).toBeVisible();
  expect(await page.evaluate(() => '__widgetWasHere' in window)).toBe(false);
  expect(await page.title()).not.toBe('owned');
});
