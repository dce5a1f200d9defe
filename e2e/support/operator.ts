import { expect, type Page } from '@playwright/test';

/** The address of an operator's page; `catalog` as `<catalogNamespace>/<catalog>`. */
export const operatorPage = (catalog: string, name: string, cluster = 'business') =>
  `/clusters/${cluster}/operatorhub/${catalog}/${name}`;

export const operatorRoute = (catalog: string, name: string, cluster = 'business') =>
  `/api/clusters/${cluster}/operators/${catalog}/${name}`;

/** The install form of a package of that catalog. */
export async function openInstallForm(page: Page, catalog: string, packageName: string): Promise<void> {
  await page.goto(`${operatorPage(catalog, packageName)}/install`);
  await expect(page.getByRole('combobox', { name: 'Namespace' })).toBeVisible();
}

/** Types the namespace and closes the list that opens meanwhile. */
export async function chooseNamespace(page: Page, name: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Namespace' });
  await field.fill(name);
  await field.press('Escape');
}

/** An operator on a cluster, `business` unless told. */
export type Target = [catalog: string, name: string, cluster?: string];

interface Order {
  channel: string;
  version: string;
  namespace: string;
  mode?: string;
  approval?: string;
}

/** Subscribes over the console's own route, so that a journey begins where it becomes interesting. */
export async function subscribe(page: Page, [catalog, name, cluster]: Target, order: Order): Promise<void> {
  const answer = await page.request.post(`${operatorRoute(catalog, name, cluster)}/install`, {
    headers: { origin: new URL(page.url()).origin },
    data: { mode: 'AllNamespaces', approval: 'Automatic', ...order },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Waits until the operator is as far as `status` says. */
export async function expectStatus(
  page: Page,
  [catalog, name, cluster]: Target,
  status: string,
): Promise<void> {
  const now = async () =>
    (await (await page.request.get(operatorRoute(catalog, name, cluster))).json()).status;
  await expect.poll(now, { timeout: 45_000 }).toBe(status);
}
