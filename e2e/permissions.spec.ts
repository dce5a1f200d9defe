import { expect, signOut, test } from './support/test';

const harbor = '/clusters/business/operatorhub/cpaas-system/platform/harbor-ce-operator';
const missing = /permission to create subscriptions\.operators\.coreos\.com/;

test.use({ stackOptions: { state: 'lived-in' } });

test('a viewer sees everything, and what would be refused says which permission is missing', async ({
  page,
  signIn,
}) => {
  await signIn('viewer');
  await page.goto(harbor);
  await expect(page.getByText('Upgrade available').first()).toBeVisible();
  const install = page.getByRole('link', { name: 'Install', exact: true });
  await expect(install).toHaveAttribute('aria-disabled', 'true');
  await expect(install).toHaveAccessibleDescription(missing);
  const approve = page.getByRole('button', { name: 'Approve', exact: true }).first();
  await expect(approve).toBeDisabled();
  await expect(
    page.getByText(/permission to patch installplans\.operators\.coreos\.com/).first(),
  ).toBeVisible();

  await page.goto('/clusters/business/operatorhub/cpaas-system/platform/rook-operator/install');
  await expect(page.getByRole('button', { name: 'Install', exact: true })).toBeDisabled();
  await expect(page.getByText(missing).first()).toBeVisible();
});

test('somebody without rights gets a page that explains', async ({ page, signIn }) => {
  await signIn('nobody');
  await expect(page.getByText('You are signed in as nobody')).toBeVisible();
  await expect(page.getByText(/packagemanifests\.packages\.operators\.coreos\.com/)).toBeVisible();
  const answer = await page.request.get('/api/clusters/business/operators');
  expect(answer.status()).toBe(404);
});

test('a wrong token is told, and nothing of it stays', async ({ page }) => {
  await page.goto('/login');
  await page.getByRole('textbox', { name: 'Bearer token' }).fill('wrong-token');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(/not accepted by the cluster/)).toBeVisible();
  const cookies = await page.context().cookies();
  expect(cookies.filter(({ name }) => name.includes('session'))).toEqual([]);
});

test('signing out ends the session, also in the address bar', async ({ page, signIn }) => {
  await signIn('admin');
  await signOut(page);
  await page.goto(harbor);
  await expect(page).toHaveURL(/\/login\?next=/);
});

test('a namespace that breaks DNS rules is refused before anything is sent', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto('/clusters/business/operatorhub/cpaas-system/platform/rook-operator/install');
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/install')) posts.push(request.url());
  });
  await page.getByRole('combobox', { name: 'Namespace' }).fill('Not_DNS');
  await expect(page.getByText(/lower-case letters, digits and hyphens/)).toBeVisible();
  await page.getByRole('button', { name: 'Install', exact: true }).click({ force: true });
  await expect(page.getByText(/lower-case letters, digits and hyphens/)).toBeVisible();
  expect(posts.filter((url) => !url.includes('dryRun'))).toEqual([]);
});
