import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible } from './test';

/** On a telephone all of a table's rows can be read without scrolling sideways. */
export async function expectCards(page: Page, table: Locator): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(table).toBeVisible();
  await expect
    .poll(() =>
      table.evaluate(({ scrollWidth, parentElement }) => scrollWidth - (parentElement?.clientWidth ?? 0)),
    )
    .toBeLessThanOrEqual(0);
  await expectAccessible(page);
}
