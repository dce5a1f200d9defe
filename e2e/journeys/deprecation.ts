import { openInstallForm } from '../support/operator';
import type { Place } from '../support/place';
import { expect, test } from '../support/test';

/** What a catalog calls deprecated, on the platform and on a plain OLM. */
export function deprecationJourneys({ catalogs, signIn }: Place): void {
  test('what is deprecated is told on the card, on the page and, once chosen, in the install form', async ({
    page,
  }) => {
    await signIn(page);
    await page.goto('/clusters/business/operatorhub?q=jaeger');
    const card = page.getByRole('region', { name: 'Operators' }).getByRole('listitem').first();
    await expect(card).toContainText('Deprecated');
    await card.getByRole('link').click();
    await expect(page.getByText('This operator is deprecated')).toBeVisible();
    await expect(page.getByText('no longer developed').first()).toBeVisible();
    await page.getByRole('tab', { name: 'Versions' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: '1.62.0' })).toContainText('known weaknesses');

    const ofVersion = page.getByText('dependencies with known weaknesses');
    await openInstallForm(page, catalogs.platform, 'jaeger');
    await expect(page.getByText('no longer developed').first()).toBeVisible();
    await expect(ofVersion).toHaveCount(0);
    await page.getByRole('combobox', { name: 'Version' }).selectOption('1.62.0');
    await expect(ofVersion).toBeVisible();

    await openInstallForm(page, catalogs.platform, 'cloudnative-pg');
    await expect(page.getByRole('combobox', { name: 'Version' })).toHaveValue('1.27.0');
    await page.getByRole('combobox', { name: 'Channel' }).selectOption('stable-v1.25');
    await expect(page.getByRole('combobox', { name: 'Version' })).toHaveValue('1.25.3');
    await expect(page.getByText('Version 1.25 is no longer maintained')).toBeVisible();
  });
}
