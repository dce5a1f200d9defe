import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { signInAs, type User } from './test';

/** Where the sandbox's operators are found: its catalogs have other names where it plays a plain OLM. */
export interface Place {
  /** Each as `<catalogNamespace>/<catalog>`; `lonely` where the sandbox was given `lonelyCatalog`. */
  catalogs: { platform: string; custom: string; lonely: string };
  /** Signs a user in (`admin` unless told), so that the cluster (`business` unless told) can be reached. */
  signIn: (page: Page, as?: { user?: User; cluster?: string }) => Promise<void>;
  /** Whether axe looks at the pages on the way: they are the same in both places, and once is enough. */
  withAxe: boolean;
}

/** For SANDBOX_CATALOGS: an operator that needs an API which nobody provides. */
export const lonelyCatalog = `lonely=${fileURLToPath(new URL('lonely-catalog', import.meta.url))}`;

export const acp: Place = {
  withAxe: true,
  catalogs: {
    platform: 'cpaas-system/platform',
    custom: 'cpaas-system/custom',
    lonely: 'cpaas-system/lonely',
  },
  signIn: (page, { user = 'admin' } = {}) => signInAs(page, user),
};

/** Clusters without the platform's kinds, given to the console as kubectl gets them. */
export const plainOlm: Place = {
  withAxe: false,
  catalogs: { platform: 'olm/platform', custom: 'olm/custom', lonely: 'olm/lonely' },
  signIn: async (page, { user, cluster = 'business' } = {}) => {
    await page.goto(`/login?cluster=${cluster}`);
    if (user) {
      await page.getByRole('textbox', { name: 'Bearer token' }).fill(`${user}-token`);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    } else {
      await page.getByRole('button', { name: 'Use the credentials of the kubeconfig' }).click();
    }
    await expect(page.getByRole('button', { name: 'Account' })).toBeVisible();
  },
};
