import { expect, type Page } from '@playwright/test';

/** Opens it, and waits until it has told what would be lost. */
export async function openUninstallDialog(page: Page) {
  await page.getByRole('button', { name: 'Uninstall', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[aria-busy="true"]')).toHaveCount(0);
  return dialog;
}

export const confirmUninstall = (page: Page) =>
  page.getByRole('dialog').getByRole('button', { name: 'Uninstall', exact: true });
