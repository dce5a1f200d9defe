import type { Locator, Page } from '@playwright/test';
import { parse } from 'yaml';
import { handMade } from './support/hand-made-plugin';
import { documented, expectInstalled, expectNotInstalled } from './support/module-info';
import { expect, expectAccessible, test } from './support/test';

const plugins = (cluster: string) => `/clusters/${cluster}/plugins`;
test.use({ stackOptions: { state: 'fresh' } });

function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('table', { name: 'Cluster plugins' })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });
}

test('an administrator filters by life cycle, and the address can be shared', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto(plugins('business'));
  await expect(page.getByRole('heading', { level: 1, name: 'Cluster Plugins' })).toBeVisible();
  await page.getByRole('group', { name: 'Life cycle' }).getByRole('checkbox', { name: 'Aligned' }).check();
  await expect(rowOf(page, 'logagent')).toBeVisible();
  await expect(rowOf(page, 'gpu-device-plugin')).toHaveCount(0);
  await expect(page).toHaveURL(/lifecycle=Aligned/);
  await page.reload();
  await expect(rowOf(page, 'gpu-device-plugin')).toHaveCount(0);
  await page.getByRole('group', { name: 'Status' }).getByRole('checkbox', { name: 'Ready' }).check();
  await page.getByRole('searchbox', { name: 'Search plugins' }).fill('log');
  await expect(rowOf(page, 'logagent')).toContainText('Ready');
});

test('web-cli asks for nothing: one click installs it on global', async ({ page, signIn, kubectl }) => {
  await signIn('admin');
  await page.goto(plugins('global'));
  await rowOf(page, 'web-cli').getByRole('button', { name: 'Install', exact: true }).click();
  await expect(rowOf(page, 'web-cli')).toContainText('Running', { timeout: 30_000 });
  await expect(rowOf(page, 'web-cli')).toContainText('v4.0.4');
  await expectInstalled(kubectl, { cluster: 'global', plugin: 'web-cli', version: 'v4.0.4', config: {} });
});

test('web-cli is refused on business, with the sentence that says why', async ({ page, signIn, kubectl }) => {
  await signIn('admin');
  await page.goto(plugins('business'));
  await rowOf(page, 'web-cli').getByRole('button', { name: 'Install', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toContainText('business');
  await expect(dialog).toContainText('label is-global is "true"');
  await expectAccessible(page);
  await expectNotInstalled(kubectl, 'business', 'web-cli');
});

test('gpu-device-plugin is installed on business with two of its three switches', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('admin');
  await page.goto(plugins('business'));
  await rowOf(page, 'gpu-device-plugin').getByRole('link', { name: 'Install', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Version' })).toHaveValue('v4.0.15');
  await page.getByRole('switch', { name: 'pgpu_enable', exact: true }).click();
  await page.getByRole('switch', { name: 'vgpu_enable', exact: true }).click();
  await page.getByRole('tab', { name: 'Difference from default' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'custom.pgpu_enable' })).toContainText('true');
  await page.getByRole('tab', { name: 'YAML' }).click();
  await expect(page.getByRole('textbox', { name: 'Configuration as YAML' })).toHaveValue(/vgpu_enable: true/);
  await page.getByRole('tab', { name: 'Form' }).click();
  await page.getByRole('button', { name: 'YAML and commands' }).click();
  await expect(page.getByText('kubectl --context global create').first()).toBeVisible();
  const installation = {
    cluster: 'business',
    plugin: 'gpu-device-plugin',
    version: 'v4.0.15',
    config: { custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true } },
  };
  expect(await previewed(page)).toEqual(documented(installation));
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await expect(page.getByText('Running').first()).toBeVisible({ timeout: 30_000 });
  await expectInstalled(kubectl, installation);
});

test('gpu-device-plugin is refused on edge, which has arm64 only', async ({ page, signIn, kubectl }) => {
  await signIn('admin');
  await page.goto(`${plugins('edge')}/gpu-device-plugin/install`);
  await expect(page.getByText(/label cpaas\.io\/arch-amd64 is "true"/).first()).toBeVisible();
  const install = page.getByRole('button', { name: 'Install', exact: true });
  await expect(install).toBeDisabled();
  // Beside a cluster that it does go to, edge is left out.
  await page
    .getByRole('group', { name: 'Target clusters' })
    .getByRole('checkbox', { name: 'global' })
    .check();
  await expect(page.getByText('Some clusters are left out')).toBeVisible();
  await install.click();
  await expect(outcomeOf(page, 'edge')).toContainText('arch-amd64');
  await expect(outcomeOf(page, 'global')).toContainText('The installation has started');
  const config = { custom: { mps_enable: false, pgpu_enable: false, vgpu_enable: false } };
  await expectInstalled(kubectl, {
    cluster: 'global',
    plugin: 'gpu-device-plugin',
    version: 'v4.0.15',
    config,
  });
  await expectNotInstalled(kubectl, 'edge', 'gpu-device-plugin');
});

test('the store that the log collector uses decides which cluster is asked for', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto(`${plugins('business')}/logagent/install`);
  await expect(page.getByRole('textbox', { name: 'Cluster of ElasticSearch' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Log storage' }).selectOption('ClickHouse');
  await expect(page.getByRole('textbox', { name: 'Cluster of ElasticSearch' })).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Cluster of ClickHouse' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Cluster of ClickHouse' }).fill('global');
  await page.getByRole('tab', { name: 'YAML' }).click();
  const yaml = page.getByRole('textbox', { name: 'Configuration as YAML' });
  await expect(yaml).toHaveValue(/logclickhouse: global/);
  await expect(yaml).not.toHaveValue(/logcenter/);
  // Nothing to send the logs to is installed yet.
  await expect(page.getByText(/It needs logcenter on cluster global or logclickhouse/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Install', exact: true })).toBeDisabled();
});

test('kueue goes to three clusters in one installation, with a difference on one of them', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('admin');
  await page.goto(`${plugins('business')}/kueue/install`);
  await page.getByRole('switch', { name: 'Ray jobs' }).click();
  const targets = page.getByRole('group', { name: 'Target clusters' });
  await targets.getByRole('checkbox', { name: 'global' }).check();
  await targets.getByRole('checkbox', { name: 'edge' }).check();
  await targets.getByRole('button', { name: 'Override for edge' }).click();
  const override = targets.getByRole('textbox', { name: 'Override for edge as YAML' });
  await override.fill('integrations: [');
  await expect(override).toHaveAccessibleDescription(/Line 1/);
  await override.fill('integrations: { pod: true }');
  await page.getByRole('button', { name: 'YAML and commands' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  for (const cluster of ['business', 'global', 'edge']) {
    await expect(outcomeOf(page, cluster)).toContainText('The installation has started');
    const integrations = { batchJob: true, rayJob: true, pod: cluster === 'edge' };
    const config = { integrations, waitForPodsReady: { enabled: false } };
    await expectInstalled(kubectl, { cluster, plugin: 'kueue', version: 'v0.11.4', config });
  }
});

test('of three clusters one refuses, and the others are installed', async ({
  page,
  signIn,
  kubectl,
  apply,
}) => {
  const config = {
    schedule: '0 3 * * *',
    dryRun: false,
    limits: { perNode: 5, perNamespace: 10 },
    policies: '',
  };
  const mine = { plugin: 'descheduler', version: 'v2.0.0', config };
  await signIn('admin');
  await page.goto(`${plugins('business')}/descheduler/install`);
  await page.getByRole('textbox', { name: 'When it looks (cron)' }).fill('0 3 * * *');
  const targets = page.getByRole('group', { name: 'Target clusters' });
  await targets.getByRole('checkbox', { name: 'global' }).check();
  await targets.getByRole('checkbox', { name: 'edge' }).check();
  await expect(page.getByRole('button', { name: 'Install', exact: true })).toBeEnabled();
  // Somebody else is faster on edge.
  const theirs = { cluster: 'edge', plugin: 'descheduler', version: 'v1.0.0', config: { dryRun: true } };
  await apply('global', JSON.stringify(documented(theirs)));
  await expectInstalled(kubectl, theirs);
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await expect(outcomeOf(page, 'edge')).toContainText('already installed');
  for (const cluster of ['business', 'global']) {
    await expect(outcomeOf(page, cluster)).toContainText('The installation has started');
    await expectInstalled(kubectl, { ...mine, cluster });
  }
  await expectInstalled(kubectl, theirs);
  await expectAccessible(page);
});

test('a form of 500 fields and a configuration of 200 KB leave the page answering', async ({
  page,
  signIn,
  apply,
}) => {
  const fields = Array.from({ length: 500 }, (_, index) => ({
    path: `part${index % 10}.field${index}`,
    'x-descriptors': [
      'urn:alm:descriptor:com.tectonic.ui:text',
      'urn:alm:descriptor:com.tectonic.ui:validation:pattern:^(a+)+$',
      `urn:alm:descriptor:com.tectonic.ui:fieldDependency:part${(index + 1) % 10}.field${(index + 1) % 500}:x`,
    ],
  }));
  const blob = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, 'some text']));
  await apply('global', handMade('many-fields', { config: {}, deployDescriptors: fields }));
  await apply('global', handMade('large-config', { config: { ...blob, mode: 'a' } }));
  await signIn('admin');
  for (const [name, field] of [
    ['many-fields', 'field499'],
    ['large-config', 'key1007'],
  ] as const) {
    await page.goto(`${plugins('business')}/${name}/install`);
    const entered = page.getByRole('textbox', { name: field, exact: true });
    await entered.fill('aaaa');
    await page.getByRole('tab', { name: 'Difference from default' }).click();
    await expect(page.getByRole('row').filter({ hasText: field })).toContainText('aaaa');
    expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
  }
});

test('the pages of cluster plugins pass axe', async ({ page, signIn }) => {
  await signIn('admin');
  for (const path of ['', '/logagent', '/logagent?tab=versions', '/logagent?tab=yaml', '/logagent/install']) {
    await page.goto(plugins('business') + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await expectAccessible(page);
  }
});

/** The ModuleInfo that the page says it will create. */
async function previewed(page: Page): Promise<unknown> {
  return parse((await page.getByRole('region', { name: 'YAML', exact: true }).textContent()) ?? '');
}

function outcomeOf(page: Page, cluster: string): Locator {
  return page
    .getByRole('list', { name: 'Results' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: cluster, exact: true }) });
}
