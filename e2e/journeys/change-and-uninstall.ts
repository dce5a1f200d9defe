import { expectStatus, operatorPage, subscribe, type Target } from '../support/operator';
import type { Place } from '../support/place';
import { expect, expectAccessible, test } from '../support/test';
import { confirmUninstall, openUninstallDialog } from '../support/uninstall-dialog';

const instance = (name: string, finalizers: string[]) =>
  JSON.stringify({
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name, namespace: 'default', finalizers },
    spec: { instances: 1, storage: { size: '1Gi' } },
  });

/** What becomes of an installed operator, on the platform and on a plain OLM. */
export function changeAndUninstallJourneys({ catalogs, signIn, withAxe }: Place): void {
  const postgres: Target = [catalogs.platform, 'cloudnative-pg'];
  const postgresOnEdge: Target = [catalogs.platform, 'cloudnative-pg', 'edge'];

  test('a channel is changed after the dialog has told what will follow', async ({ page, kubectl }) => {
    await signIn(page, { cluster: 'edge' });
    const order = { channel: 'stable-v1.25', version: '1.25.3', namespace: 'cnpg-system' };
    await subscribe(page, postgresOnEdge, order);
    await expectStatus(page, postgresOnEdge, 'Installed');
    await page.goto(operatorPage(...postgresOnEdge));
    await page.getByRole('button', { name: 'Change channel', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const change = dialog.getByRole('button', { name: 'Change channel', exact: true });
    await expect(dialog.getByRole('heading', { level: 2 })).toContainText('edge');
    await expect(dialog.getByRole('radio', { name: 'stable-v1.25' })).toBeChecked();
    await expect(dialog).toContainText('This channel is deprecated');
    await expect(change).toBeDisabled();
    await dialog.getByRole('radio', { name: 'stable-v1', exact: true }).check();
    await expect(dialog).toContainText('at once and without asking again');
    await dialog.getByRole('radio', { name: 'Manual' }).check();
    await expect(dialog).toContainText('OLM prepares the upgrade from 1.25.3 towards 1.27.0');
    if (withAxe) await expectAccessible(page);
    await change.click();
    await expect(dialog).toHaveCount(0);
    expect(
      await kubectl(
        'edge',
        '-n',
        'cnpg-system',
        'get',
        'subscriptions.operators.coreos.com',
        'cloudnative-pg',
        '-o',
        'jsonpath={.spec.channel} {.spec.installPlanApproval}',
      ),
    ).toBe('stable-v1 Manual');
  });

  test('an uninstallation waits for a finalizer that blocks, survives a reload, and ends', async ({
    page,
    kubectl,
    apply,
  }) => {
    await signIn(page);
    const order = { channel: 'stable-v1', version: '1.27.0', namespace: 'postgres' };
    await subscribe(page, postgres, order);
    await expectStatus(page, postgres, 'Installed');
    await apply('business', instance('sessions', []));
    await apply('business', instance('queue', ['example.com/backup']));
    const left = () => kubectl('business', '-n', 'postgres', 'get', 'subscriptions,csv', '-o', 'name');

    await page.goto(operatorPage(...postgres));
    let dialog = await openUninstallDialog(page);
    await expect(dialog.getByRole('heading', { level: 2 })).toContainText('business');
    await expect(dialog).toContainText('2 instances are left without an operator');
    await expect(dialog).toContainText('default/queue');
    await expect(dialog).toContainText('example.com/backup');
    if (withAxe) await expectAccessible(page);
    await dialog.getByRole('checkbox', { name: 'Delete the 2 instances first' }).check();
    await confirmUninstall(page).click();

    await expect(page.getByRole('heading', { level: 1 })).toContainText('Uninstalling');
    await expect(page.getByText('1 of 2 gone')).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '1');
    await expect(page.getByText('Finalizers hold these up')).toBeVisible();
    if (withAxe) await expectAccessible(page);
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(page.getByText('Instances are still there')).toBeVisible();
    expect(await left()).toContain('subscription.operators.coreos.com/cloudnative-pg');

    // Nothing is remembered in the browser: what the cluster holds tells where to go on.
    await page.reload();
    await expect(page.getByText('Instances are being deleted')).toBeVisible();
    dialog = await openUninstallDialog(page);
    await expect(dialog).toContainText('held by finalizers');
    await dialog.getByRole('checkbox', { name: 'Delete the 1 instance first' }).check();
    await confirmUninstall(page).click();
    await expect(page.getByText('0 of 1 gone')).toBeVisible();
    await kubectl(
      'business',
      '-n',
      'default',
      'patch',
      'clusters.postgresql.cnpg.io',
      'queue',
      '--type=merge',
      '-p',
      '{"metadata":{"finalizers":null}}',
    );
    await expect(page.getByText('The operator is uninstalled')).toBeVisible({ timeout: 30_000 });
    await expect.poll(left).not.toContain('cloudnative-pg');

    const leftovers = page.getByRole('list', { name: 'Leftovers' });
    await expect(leftovers.getByRole('checkbox', { name: /CustomResourceDefinition/ }).first()).toBeVisible();
    if (withAxe) await expectAccessible(page);
    await page.reload();
    await leftovers
      .getByRole('checkbox', { name: 'CustomResourceDefinition clusters.postgresql.cnpg.io' })
      .check();
    await page.getByRole('button', { name: 'Delete selected' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete selected' }).click();
    await expect(
      leftovers.getByRole('checkbox', { name: 'CustomResourceDefinition clusters.postgresql.cnpg.io' }),
    ).toHaveCount(0);
    const definitions = await kubectl('business', 'get', 'crds', '-o', 'name');
    expect(definitions).not.toContain('/clusters.postgresql.cnpg.io');
    expect(definitions).toContain('/backups.postgresql.cnpg.io');

    await page.getByRole('link', { name: 'To the operator' }).click();
    await expect(page.getByText('Ready', { exact: true }).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Uninstall', exact: true })).toHaveCount(0);
  });
}
