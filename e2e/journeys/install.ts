import type { Page } from '@playwright/test';
import { chooseNamespace, openInstallForm } from '../support/operator';
import type { Place } from '../support/place';
import { expect, test } from '../support/test';

async function install(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await expect(page).toHaveURL(/\/progress\?/);
}

async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
}

async function expectSucceeded(page: Page): Promise<void> {
  await expect(page.getByText('Succeeded', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
}

/** The same stories on the platform and on a plain OLM, where the console makes the OperatorGroup itself. */
export function installJourneys(place: Place): void {
  const { platform } = place.catalogs;
  const groupOf = (namespace: string) => [
    '-n',
    namespace,
    'get',
    'operatorgroups.operators.coreos.com',
    '-o',
    'jsonpath={.items[*].spec.targetNamespaces}',
  ];

  test('an operator for all namespaces upgrades by itself and runs where its configuration says', async ({
    page,
    kubectl,
  }) => {
    await place.signIn(page);
    await openInstallForm(page, platform, 'clickhouse-operator');
    await expect(page.getByRole('radio', { name: 'All namespaces' })).toBeChecked();
    await page.getByRole('radio', { name: 'Automatic' }).check();
    await page.getByRole('button', { name: 'Advanced: scheduling and environment' }).click();
    await page.getByRole('button', { name: 'Add label' }).click();
    const labels = page.getByRole('group', { name: 'Node selector' });
    await labels.getByRole('textbox', { name: 'Key' }).fill('kubernetes.io/os');
    await labels.getByRole('textbox', { name: 'Value' }).fill('linux');
    await page.getByRole('button', { name: 'Add toleration' }).click();
    const tolerations = page.getByRole('group', { name: 'Tolerations' });
    await tolerations.getByRole('combobox', { name: 'Operator' }).selectOption('Exists');
    await tolerations.getByRole('textbox', { name: 'Key' }).fill('dedicated');
    await page.getByRole('button', { name: 'Add variable' }).click();
    const variables = page.getByRole('group', { name: 'Environment variables' });
    await variables.getByRole('textbox', { name: 'Name' }).fill('1_PROXY');
    await expect(variables.getByText(/not beginning with a digit/)).toBeVisible();
    await variables.getByRole('textbox', { name: 'Name' }).fill('HTTP_PROXY');
    await variables.getByRole('textbox', { name: 'Value' }).fill('http://proxy:3128');
    await install(page);
    await expectSucceeded(page);
    const subscription = JSON.parse(
      await kubectl(
        'business',
        '-n',
        'clickhouse-operator',
        'get',
        'subscriptions',
        'clickhouse-operator',
        '-o',
        'json',
      ),
    );
    expect(subscription.spec.config).toEqual({
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: [{ key: 'dedicated', operator: 'Exists' }],
      env: [{ name: 'HTTP_PROXY', value: 'http://proxy:3128' }],
    });
    expect(subscription.spec.startingCSV).toBeUndefined();
    expect(await kubectl('business', ...groupOf('clickhouse-operator'))).toBe('');
  });

  test('an operator that watches its own namespace', async ({ page, kubectl }) => {
    await place.signIn(page);
    await openInstallForm(page, platform, 'keycloak-operator');
    await expect(page.getByRole('radio', { name: 'Own namespace' })).toBeChecked();
    await expect(page.getByRole('radio', { name: 'All namespaces' })).toBeDisabled();
    await page.getByRole('radio', { name: 'Automatic' }).check();
    await install(page);
    await expectSucceeded(page);
    expect(await kubectl('business', ...groupOf('keycloak'))).toBe('["keycloak"]');
  });

  test('an operator that watches one other namespace', async ({ page, kubectl }) => {
    await place.signIn(page);
    await openInstallForm(page, platform, 'prometheus');
    await page.getByRole('radio', { name: 'Single namespace' }).check();
    await page.getByRole('radio', { name: 'Automatic' }).check();
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    await expect(page.getByText('Choose the namespace that the operator watches.')).toBeVisible();
    const watched = page.getByRole('combobox', { name: 'Watched by the operator' });
    await watched.fill('team-a');
    await watched.press('Escape');
    await install(page);
    await expectSucceeded(page);
    expect(await kubectl('business', ...groupOf('monitoring'))).toBe('["team-a"]');
  });

  test('an operator that watches several namespaces', async ({ page, kubectl }) => {
    await place.signIn(page);
    await openInstallForm(page, platform, 'percona-xtradb-cluster-operator');
    await page.getByRole('radio', { name: 'Multiple namespaces' }).check();
    await page.getByRole('radio', { name: 'Automatic' }).check();
    for (const name of ['team-a', 'default']) {
      await page.getByRole('combobox', { name: 'Watched by the operator' }).fill(name);
      await page.getByRole('combobox', { name: 'Watched by the operator' }).press('Escape');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
    }
    await install(page);
    await expectSucceeded(page);
    const targets: string[] = JSON.parse(await kubectl('business', ...groupOf('pxc')));
    expect(targets.sort()).toEqual(['default', 'team-a']);
  });

  test('two operators share a namespace and its one OperatorGroup', async ({ page, kubectl }) => {
    await place.signIn(page);
    for (const name of ['jaeger', 'cloudnative-pg']) {
      await openInstallForm(page, platform, name);
      await chooseNamespace(page, 'shared');
      await page.getByRole('radio', { name: 'Automatic' }).check();
      await install(page);
      await expectSucceeded(page);
    }
    const groups = await kubectl('business', '-n', 'shared', 'get', 'operatorgroups', '-o', 'name');
    expect(groups.split('\n')).toHaveLength(1);
    const phases = [
      '-n',
      'shared',
      'get',
      'csv',
      '-l',
      '!olm.copiedFrom',
      '-o',
      'jsonpath={.items[*].status.phase}',
    ];
    expect(await kubectl('business', ...phases)).toBe('Succeeded Succeeded');
  });

  test('an older version is Manual, and the one after it waits', async ({ page }) => {
    await place.signIn(page);
    await openInstallForm(page, platform, 'keda');
    await page.getByRole('radio', { name: 'Automatic' }).check();
    await page.getByRole('combobox', { name: 'Version' }).selectOption('2.15.1');
    await expect(page.getByRole('radio', { name: 'Manual' })).toBeChecked();
    await expect(page.getByRole('radio', { name: 'Automatic' })).toBeDisabled();
    await install(page);
    await approve(page);
    await expect(page.getByText(/2\.15\.1 is installed; .* is available/)).toBeVisible({ timeout: 30_000 });
  });

  test('the first installation is approved by the page, the upgrade after it is not', async ({
    page,
    kubectl,
  }) => {
    await place.signIn(page);
    await openInstallForm(page, platform, 'harbor-ce-operator');
    await page.getByRole('combobox', { name: 'Version' }).selectOption('2.12.10');
    await page.getByRole('checkbox', { name: /Approve this first installation for me/ }).check();
    await install(page);
    await expect(page.getByText(/2\.12\.10 is installed; 2\.12\.11 is available/)).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeEnabled();
    const approved = [
      '-n',
      'harbor-ce-operator',
      'get',
      'installplans',
      '-o',
      'jsonpath={.items[*].spec.approved}',
    ];
    expect((await kubectl('business', ...approved)).split(' ').sort()).toEqual(['false', 'true']);
  });

  test('a first approval that no page gives is told, and continued on a click', async ({ page, stack }) => {
    await place.signIn(page);
    const answer = await page.request.post(
      `/api/clusters/business/operators/${platform}/nexus-ce-operator/install`,
      {
        headers: { origin: stack.url },
        data: {
          channel: 'stable',
          version: '3.81.1',
          namespace: 'nexus',
          mode: 'AllNamespaces',
          approval: 'Manual',
          approveFirst: true,
        },
      },
    );
    expect(answer.status()).toBe(200);
    await page.goto(
      `/clusters/business/operatorhub/${platform}/nexus-ce-operator/progress?namespace=nexus&name=nexus-ce-operator`,
    );
    await expect(page.getByText('The first approval is still to be given')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expectSucceeded(page);
  });

  test('the namespace gets what the template of the operator says', async ({ page, kubectl }) => {
    await place.signIn(page);
    await openInstallForm(page, platform, 'metallb-operator');
    await expect(page.getByRole('combobox', { name: 'Namespace' })).toHaveValue('metallb-system');
    await expect(page.getByText('pod-security.kubernetes.io/enforce: privileged')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Provided APIs' })).toContainText('metallbs.metallb.io');
    await page.getByRole('combobox', { name: 'Namespace' }).click();
    await expect(page.getByRole('option', { name: /metallb-system/ })).toContainText('suggested');
    await page.getByRole('combobox', { name: 'Namespace' }).press('Escape');
    await page.getByRole('checkbox', { name: /Approve this first installation for me/ }).check();
    await install(page);
    await expectSucceeded(page);
    const namespace = JSON.parse(
      await kubectl('business', 'get', 'namespace', 'metallb-system', '-o', 'json'),
    );
    expect(namespace.metadata.labels['pod-security.kubernetes.io/enforce']).toBe('privileged');
    expect(namespace.metadata.annotations['cpaas.io/display-name']).toBe('MetalLB');
  });
}
