import type { Page } from '@playwright/test';
import { chooseNamespace, openInstallForm, subscribe } from '../support/operator';
import type { Place } from '../support/place';
import { expect, expectAccessible, test } from '../support/test';

const obstacles = (page: Page) => page.getByRole('region', { name: 'What stands in the way' });

function group(namespace: string, name: string, targetNamespaces: string[]): string {
  const spec = targetNamespaces.length > 0 ? { targetNamespaces } : {};
  const metadata = { name, namespace };
  return JSON.stringify({ apiVersion: 'operators.coreos.com/v1', kind: 'OperatorGroup', metadata, spec });
}

/** What stands in the way of an installation, each with its cure, on the platform and on a plain OLM. */
export function conflictJourneys({ catalogs, signIn, withAxe }: Place): void {
  test('an OperatorGroup of another mode is cured by taking its mode, or another namespace', async ({
    page,
    kubectl,
    apply,
  }) => {
    await kubectl('business', 'create', 'namespace', 'own-only');
    await apply('business', group('own-only', 'mine', ['own-only']));
    await signIn(page);
    await openInstallForm(page, catalogs.platform, 'clickhouse-operator');
    await chooseNamespace(page, 'own-only');
    await expect(obstacles(page)).toContainText('OperatorGroup mine of own-only watches own-only');
    if (withAxe) await expectAccessible(page);
    await obstacles(page).getByRole('button', { name: 'Use Own namespace' }).click();
    await expect(page.getByRole('radio', { name: 'Own namespace' })).toBeChecked();
    await expect(obstacles(page)).toBeHidden();
    await page.getByRole('radio', { name: 'All namespaces' }).check();
    await obstacles(page).getByRole('button', { name: 'Use namespace clickhouse-operator' }).click();
    await expect(page.getByRole('combobox', { name: 'Namespace' })).toHaveValue('clickhouse-operator');
    await expect(obstacles(page)).toBeHidden();
  });

  test('a namespace with two OperatorGroups is not installed into; the form follows their removal', async ({
    page,
    kubectl,
    apply,
  }) => {
    await kubectl('business', 'create', 'namespace', 'twofold');
    for (const name of ['one', 'two']) await apply('business', group('twofold', name, []));
    await signIn(page);
    await openInstallForm(page, catalogs.platform, 'jaeger');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/install')) sent.push(request.url());
    });
    await chooseNamespace(page, 'twofold');
    await expect(obstacles(page)).toContainText('more than one: one, two');
    await expect(obstacles(page)).toContainText("delete operatorgroups.operators.coreos.com 'two'");
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    await expect(page.getByRole('combobox', { name: 'Namespace' })).toBeFocused();
    expect(sent).toEqual([]);
    await kubectl('business', '-n', 'twofold', 'delete', 'operatorgroups', 'two');
    await expect(obstacles(page)).toBeHidden();
    await expect(page.getByRole('combobox', { name: 'Namespace' })).toHaveValue('twofold');
  });

  test('a package that is subscribed already leads to its Subscription', async ({ page }) => {
    await signIn(page);
    const order = { channel: 'stable', version: '1.17.8', namespace: 'knative' };
    await subscribe(page, [catalogs.platform, 'knative-operator'], order);
    await openInstallForm(page, catalogs.platform, 'knative-operator');
    await chooseNamespace(page, 'knative');
    await expect(obstacles(page)).toContainText('Namespace knative has Subscription knative-operator');
    await obstacles(page).getByRole('link', { name: 'Open Subscription knative-operator' }).click();
    await expect(page).toHaveURL(/tab=subscription/);
    const subscription = page.getByRole('region', { name: 'knative / knative-operator' });
    for (const fact of ['stable', 'Automatic', catalogs.platform.replace('/', ' / '), 'install-']) {
      await expect(subscription).toContainText(fact);
    }
    await subscription.getByRole('button', { name: 'Conditions' }).click();
    await expect(subscription).toContainText('CatalogSourcesUnhealthy');
  });

  test('an API that another operator provides is told with its provider', async ({ page }) => {
    await signIn(page);
    await subscribe(page, [catalogs.platform, 'keycloak-operator'], {
      channel: 'fast',
      version: '26.3.2',
      namespace: 'keycloak',
      mode: 'OwnNamespace',
    });
    await openInstallForm(page, catalogs.custom, 'keycloak-operator');
    await page.getByRole('radio', { name: 'All namespaces' }).check();
    await expect(obstacles(page)).toContainText('keycloak-operator.v26.3.2) in namespace keycloak');
    await expect(obstacles(page)).toContainText('keycloaks.k8s.keycloak.org');
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    await expect(page).toHaveURL(/\/install$/);
    await page.getByRole('radio', { name: 'Own namespace' }).check();
    await expect(obstacles(page)).toBeHidden();
    await page.getByRole('radio', { name: 'All namespaces' }).check();
    await obstacles(page).getByRole('link', { name: /^Open/ }).click();
    await expect(page).toHaveURL(new RegExp(`${catalogs.platform}/keycloak-operator\\?tab=subscription`));
  });

  test('a shared namespace that is Manual, and a plan that waits there, are told', async ({ page }) => {
    await signIn(page);
    await subscribe(page, [catalogs.platform, 'harbor-ce-operator'], {
      channel: 'stable',
      version: '2.12.11',
      namespace: 'mixed',
      approval: 'Manual',
    });
    await openInstallForm(page, catalogs.platform, 'keda');
    await chooseNamespace(page, 'mixed');
    await expect(page.getByRole('radio', { name: 'Manual' })).toBeChecked();
    await expect(obstacles(page)).toContainText('would bring harbor-ce-operator.v2.12.11');
    await page.getByRole('radio', { name: 'Automatic' }).check();
    await expect(obstacles(page)).toContainText('is Manual (harbor-ce-operator)');
    if (withAxe) await expectAccessible(page);
    await obstacles(page).getByRole('button', { name: 'Use Manual' }).click();
    await expect(page.getByRole('radio', { name: 'Manual' })).toBeChecked();
    await obstacles(page).getByRole('link', { name: 'Review the plan' }).click();
    await expect(page).toHaveURL(/\/approvals\/mixed\//);
  });

  test('a dependency that no catalog offers is named', async ({ page }) => {
    await signIn(page);
    await openInstallForm(page, catalogs.lonely, 'lonely-operator');
    await expect(obstacles(page)).toContainText('needs companions.company.example.com');
    await expect(obstacles(page).getByRole('link', { name: 'Upload Packages' })).toBeVisible();
  });

  test('a catalog that stops to answer is told while the form stands open', async ({ page, kubectl }) => {
    await signIn(page);
    await openInstallForm(page, catalogs.platform, 'strimzi-kafka-operator');
    await chooseNamespace(page, 'typed-before');
    const [namespace = '', name = ''] = catalogs.platform.split('/');
    const catalog = ['-n', namespace, 'catalogsource', name];
    const address = await kubectl('business', 'get', ...catalog, '-o', 'jsonpath={.spec.address}');
    const readdress = (value: string) =>
      kubectl(
        'business',
        'patch',
        ...catalog,
        '--type=merge',
        '-p',
        JSON.stringify({ spec: { address: value } }),
      );
    await readdress('nowhere.example.com:50051');
    try {
      await expect(obstacles(page)).toContainText(`OLM sees catalog ${name} as TRANSIENT_FAILURE`);
      await expect(page.getByRole('combobox', { name: 'Namespace' })).toHaveValue('typed-before');
    } finally {
      await readdress(address);
    }
    await expect(obstacles(page)).toBeHidden();
  });

  test('what the cluster refuses is undone, object by object', async ({ page, stack, kubectl }) => {
    await signIn(page);
    await openInstallForm(page, catalogs.platform, 'cert-manager');
    await chooseNamespace(page, 'undone');
    const fault = {
      path: '/kubernetes/business/apis/operators.coreos.com/v1alpha1/namespaces/undone/subscriptions*',
      methods: ['POST'],
      status: { code: 403, reason: 'Forbidden', message: 'the quota of this test is used up' },
    };
    const faults = (body: object) =>
      page.request.post(`${stack.sandboxUrl}/sandbox/faults`, { data: body, ignoreHTTPSErrors: true });
    expect((await faults({ faults: [fault] })).ok()).toBe(true);
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    const refusal = page.getByRole('alert').filter({ hasText: 'Nothing was installed' });
    await expect(refusal).toContainText('the quota of this test is used up');
    await expect(refusal.getByRole('listitem').filter({ hasText: 'Namespace' })).toContainText(
      'created, then removed again',
    );
    await expect(refusal.getByRole('listitem').filter({ hasText: 'Subscription' })).toContainText('refused');
    await faults({ reset: true });
    await expect
      .poll(() => kubectl('business', 'get', 'namespaces', '-o', 'name'))
      .not.toContain('namespace/undone');
  });

  test('every permission that is missing is named', async ({ page }) => {
    await signIn(page, { user: 'viewer' });
    await openInstallForm(page, catalogs.platform, 'jaeger');
    await expect(page.getByRole('button', { name: 'Install', exact: true })).toBeDisabled();
    await expect(page.getByText(/permission to create subscriptions\.operators\.coreos\.com/)).toBeVisible();
    await expect(page.getByText(/permission to create namespaces/)).toBeVisible();
    await page.getByRole('radio', { name: 'Manual' }).check();
    const first = page.getByRole('checkbox', { name: /Approve this first installation for me/ });
    await expect(first).toBeDisabled();
    await expect(first).toHaveAccessibleDescription(/permission to patch installplans/);
  });
}
