import type { Page } from '@playwright/test';
import { type MadeCatalog, makeCatalog } from '@/lib/testing/made-catalog';
import { definition, namespace, operatorGroup, subscription } from './olm-objects';
import { test as base, expect } from './test';

const version = '1.0.0';
/** Its bundle image is uploaded later. */
export const notUploaded = { package: 'why-bundle', version, absent: true };
const oldApi = {
  apiVersion: 'policy/v1beta1',
  kind: 'PodSecurityPolicy',
  metadata: { name: 'old' },
  spec: {},
};
/** Its kind has another plural in a definition that is there before it. */
const gizmos = { name: 'gizmos.shop.example.com', kind: 'Gadget', version: 'v1' };
const names = [
  'why-approval',
  'why-package',
  'why-channel',
  'why-beside',
  'why-version',
  'why-catalog',
  'why-quota',
  'why-webhook',
  'why-orphan',
  'why-left',
  'why-second',
  'why-going',
  'why-dead',
];

/** A platform whose catalog `made` has one operator for each story. */
export const test = base.extend<object, { made: MadeCatalog }>({
  made: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright tells a fixture by its first parameter
    async ({}, use) => {
      const made = await makeCatalog([
        ...names.map((name) => ({ package: name, version })),
        { package: 'why-mode', version, modes: ['AllNamespaces'] },
        { package: 'why-api', version, objects: [oldApi] },
        {
          package: 'why-clash',
          version,
          objects: [JSON.parse(definition('gizmos', 'shop.example.com', gizmos.kind))],
          spec: { customresourcedefinitions: { owned: [gizmos] } },
        },
        notUploaded,
      ]);
      await use(made);
      await made.remove();
    },
    { scope: 'worker' },
  ],
  stackOptions: [({ made }, use) => use({ state: 'fresh', sandbox: made.environment }), { scope: 'worker' }],
});

export const made = { source: 'made' };
/** A namespace with an OperatorGroup and one Subscription to the package of its name. */
export const subscribed = (
  name: string,
  spec: object = made,
  group: Parameters<typeof operatorGroup>[2] = {},
) => [
  namespace(name, { story: name }),
  operatorGroup('group', name, group),
  subscription(name, name, { ...made, ...spec }),
];
/** Objects for one `kubectl create`, in their order. */
export const together = (...objects: string[]) => objects.join('\n');
/** The row of an installation, whatever others say of it in their panels. */
export const rowOf = (page: Page, name: string) =>
  page
    .getByRole('table', { name: 'Installed operators' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader').filter({ hasText: name }) });

/** What the list says of each installation, by name. */
export async function told(page: Page, cluster: string): Promise<Record<string, string | undefined>> {
  const answer = await page.request.get(`/api/clusters/${cluster}/installed`);
  const { items }: { items: { name: string; status: string; stuck?: { key: string } }[] } =
    await answer.json();
  return Object.fromEntries(items.map(({ name, status, stuck }) => [name, stuck?.key ?? status]));
}

/** Presses the button of a row's panel, and the one of its dialog. */
export async function cure(page: Page, name: string, button: string): Promise<void> {
  const row = rowOf(page, name);
  await row.getByRole('button', { name: 'What to do' }).click();
  await row.getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

export const installed = (page: Page, name: string) =>
  expect(rowOf(page, name).getByText('Installed', { exact: true })).toBeVisible({ timeout: 60_000 });
