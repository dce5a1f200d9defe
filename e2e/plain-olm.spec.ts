import { installJourneys } from './journeys/install';
import { plainOlm } from './support/place';
import { expect, expectAccessible, test } from './support/test';

// Clusters without the platform's kinds, given to the console as kubectl gets them.
test.use({ stackOptions: { state: 'fresh', sandbox: { SANDBOX_PLAIN: '1' }, kubeconfig: {} } });

test('each cluster of a kubeconfig judges its own tokens', async ({ page }) => {
  await page.goto('/login');
  await expect(page.getByRole('combobox', { name: 'Cluster' })).toHaveValue('global');
  await expect(page.getByRole('button', { name: 'Use the credentials of the kubeconfig' })).toBeEnabled();
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Bearer token' }).fill('admin-token');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Account' })).toBeVisible();

  await page.goto('/clusters/business/operatorhub?q=harbor');
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Cluster' })).toHaveValue('business');
  await page.getByRole('textbox', { name: 'Bearer token' }).fill('admin-token');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/clusters\/business\/operatorhub\?q=harbor$/);
  await expect(page.getByRole('link', { name: 'Alauda Build of Harbor', exact: true })).toBeVisible();
});

installJourneys(plainOlm);
