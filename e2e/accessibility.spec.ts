import { expect, expectAccessible, test } from './support/test';

const hub = '/clusters/business/operatorhub';
const harbor = `${hub}/cpaas-system/platform/harbor-ce-operator`;

test.use({ stackOptions: { state: 'lived-in' } });

test('the sign-in page passes axe', async ({ page }) => {
  await page.goto('/login');
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expectAccessible(page);
});

for (const path of [
  '/',
  '/clusters',
  '/clusters/business',
  hub,
  harbor,
  `${harbor}/install`,
  '/approvals',
  '/clusters/business/approvals',
]) {
  test(`${path} passes axe`, async ({ page, signIn }) => {
    await signIn('admin');
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await expectAccessible(page);
  });
}
