import { installJourneys } from './support/install';
import { expect, test } from './support/test';

test.use({ stackOptions: { state: 'fresh' } });

installJourneys({
  catalog: 'cpaas-system/platform',
  signIn: async (page) => {
    await page.goto('/login');
    await page.getByRole('button', { name: 'Sign in as admin', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Account' })).toBeVisible();
  },
});
