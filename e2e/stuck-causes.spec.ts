import { bundleImage } from '@/lib/testing/made-catalog';
import {
  deadCatalog,
  deadWebhook,
  definition,
  namespace,
  needyVersion,
  operatorGroup,
  quota,
  subscription,
} from './support/olm-objects';
import { cure, installed, made, notUploaded, rowOf, subscribed, test, together, told } from './support/stuck';
import { expect, expectAccessible } from './support/test';

test('one list names the cause of everything that is stuck, and each button cures its own', async ({
  page,
  signIn,
  kubectl,
  apply,
  made: catalog,
}) => {
  test.setTimeout(240_000);
  const companions = { name: 'companions.company.example.com', kind: 'Companion' };
  await signIn('admin');
  await apply(
    'business',
    together(
      deadWebhook('left-over', 'guard.example.com', { story: 'why-webhook' }),
      // Its Job goes on trying for as long as this journey lasts.
      ...subscribed('why-bundle', made, {
        annotations: { 'operatorframework.io/bundle-unpack-timeout': '3600s' },
      }),
      ...subscribed('why-approval', { installPlanApproval: 'Manual' }),
      ...subscribed('why-mode', made, { watches: ['why-mode'] }),
      ...subscribed('why-package', { source: 'custom' }),
      ...subscribed('why-channel', { channel: 'nightly' }),
      subscription('why-beside', 'why-channel', made),
      ...subscribed('why-version', { startingCSV: 'why-version.v0.9.0' }),
      ...subscribed('why-catalog', { source: 'nowhere' }),
      namespace('why-quota'),
      operatorGroup('group', 'why-quota'),
      quota('tight', 'why-quota', '0'),
      subscription('why-quota', 'why-quota', made),
      ...subscribed('why-webhook'),
      ...subscribed('why-api'),
      definition('gadgets', 'shop.example.com', 'Gadget'),
      ...subscribed('why-clash'),
      namespace('why-needy'),
      operatorGroup('group', 'why-needy'),
      needyVersion('why-needy.v1.0.0', 'why-needy', companions),
      namespace('why-dependency'),
      operatorGroup('group', 'why-dependency'),
      subscription('gpu-operator-certified', 'why-dependency', { channel: 'v25.3' }),
    ),
  );
  await expect
    .poll(() => told(page, 'business'), { timeout: 120_000 })
    .toMatchObject({
      'why-approval': 'waitsForApproval',
      'why-mode': 'modeNotSupported',
      'why-package': 'packageNotFound',
      'why-channel': 'noSuchChannel',
      'why-beside': 'heldUpBySubscription',
      'why-version': 'versionNotFound',
      'why-catalog': 'catalogMissing',
      'why-bundle': 'unpackFailedImage',
      'why-quota': 'quotaExceeded',
      'why-webhook': 'webhookUnreachable',
      'why-api': 'apiNotServed',
      'why-clash': 'requirementUnservedCrd',
      'why-needy.v1.0.0': 'requirementCrd',
      'gpu-operator-certified': 'dependencyNotFound',
    });
  // OLM tries a plan for a minute of its time before it gives it up.
  const phase = ['-n', 'why-webhook', 'get', 'installplans', '-o', 'jsonpath={.items[*].status.phase}'];
  await expect.poll(() => kubectl('business', ...phase), { timeout: 60_000 }).toBe('Failed');

  await page.goto('/clusters/business/operators?q=why-');
  for (const [name, sentence] of [
    ['why-approval', /InstallPlan \S+ waits for approval/],
    ['why-mode', /asks for an installation mode that the operator does not support/],
    ['why-package', 'Catalog custom has no package why-package.'],
    ['why-channel', 'Package why-channel has no channel nightly.'],
    ['why-beside', 'Subscription why-channel of the same namespace cannot be resolved'],
    ['why-version', 'Channel stable of package why-version has no version why-version.v0.9.0.'],
    ['why-catalog', 'CatalogSource nowhere does not exist in namespace cpaas-system.'],
    ['why-bundle', `The bundle image ${bundleImage(notUploaded)} could not be unpacked.`],
    ['why-quota', 'ResourceQuota tight is used up.'],
    ['why-webhook', 'Webhook guard.example.com does not answer'],
    ['why-api', 'PodSecurityPolicy in policy/v1beta1, which this Kubernetes does not serve'],
    ['why-clash', /gizmos\.shop\.example\.com is there, but the API server does not serve/],
    ['why-needy', `CustomResourceDefinition ${companions.name} is missing.`],
    ['gpu-operator-certified', /needs .+, which no catalog offers/],
  ] as const) {
    await expect(rowOf(page, name).getByText(sentence)).toBeVisible();
  }
  await expectAccessible(page);

  await cure(page, 'why-mode', 'Change OperatorGroup group');
  await cure(page, 'why-package', 'Take it from catalog made');
  await cure(page, 'why-channel', 'Change to channel stable');
  await cure(page, 'why-version', 'Take the newest of channel stable');
  await cure(page, 'why-catalog', 'Take it from catalog made');
  const job = ['-n', 'cpaas-system', 'get', 'jobs', '-o', 'jsonpath={.items[*].metadata.uid}'];
  const before = await kubectl('business', ...job);
  await cure(page, 'why-bundle', 'Unpack again');
  await expect.poll(() => kubectl('business', ...job), { timeout: 30_000 }).not.toBe(before);
  await catalog.publish(notUploaded);
  await kubectl('business', 'delete', 'validatingwebhookconfiguration', 'left-over');
  await cure(page, 'why-webhook', 'Subscribe again');
  // What only the cluster can cure is told until it is cured.
  const raised = JSON.stringify({ spec: { hard: { pods: '5' } } });
  await kubectl('business', '-n', 'why-quota', 'patch', 'quota', 'tight', '--type=merge', '-p', raised);
  await apply('business', definition('companions', 'company.example.com', companions.kind));
  const clash = rowOf(page, 'why-clash');
  await clash.getByRole('button', { name: 'What to do' }).click();
  await expect(clash.getByText('"Gadget" is already in use')).toBeVisible();
  await kubectl('business', 'delete', 'customresourcedefinition', 'gadgets.shop.example.com');
  for (const name of [
    'mode',
    'package',
    'beside',
    'version',
    'catalog',
    'bundle',
    'webhook',
    'quota',
    'needy',
    'clash',
  ]) {
    await installed(page, `why-${name}`);
  }
  await expect(rowOf(page, 'why-api').getByText(/does not serve/)).toBeVisible();
});

test('a dead catalog of others holds up a whole cluster, although OLM calls it healthy', async ({
  page,
  signIn,
  apply,
}) => {
  await signIn('admin');
  await apply('edge', deadCatalog('forgotten'));
  await apply(
    'edge',
    together(...subscribed('why-dead'), ...subscribed('why-approval', { source: 'forgotten' })),
  );
  await expect
    .poll(() => told(page, 'edge'), { timeout: 90_000 })
    .toMatchObject({ 'why-dead': 'otherCatalogDead', 'why-approval': 'catalogDead' });
  await page.goto('/clusters/edge/operators?q=why-');
  await expect(rowOf(page, 'why-approval').getByText('Its catalog forgotten does not answer.')).toBeVisible();
  await expect(
    rowOf(page, 'why-dead').getByText(/^Catalog forgotten does not answer, and OLM/),
  ).toBeVisible();
  await cure(page, 'why-dead', 'Delete CatalogSource forgotten');
  await installed(page, 'why-dead');
});

test('what is left over is named and cleaned up where it is in the way: a version, and plans', async ({
  page,
  signIn,
  kubectl,
  apply,
}) => {
  test.slow();
  const manual = { installPlanApproval: 'Manual' };
  const plans = async (within: string) =>
    (await kubectl('business', '-n', within, 'get', 'installplans', '-o', 'name'))
      .split('\n')
      .filter(Boolean);
  await signIn('admin');
  await apply('business', together(...subscribed('why-orphan'), ...subscribed('why-left', manual)));
  await expect
    .poll(() => told(page, 'business'), { timeout: 90_000 })
    .toMatchObject({ 'why-orphan': 'Installed', 'why-left': 'waitsForApproval' });
  const [old = ''] = (await plans('why-left')).map((name) => name.replace(/^.*\//, ''));
  // A second operator supersedes the plan of the first; a version stays behind without its Subscription.
  await apply('business', subscription('why-second', 'why-left', made));
  await kubectl('business', '-n', 'why-orphan', 'delete', 'subscriptions.operators.coreos.com', 'why-orphan');
  await apply('business', subscription('why-orphan', 'why-orphan', { ...made, ...manual }));
  await expect
    .poll(() => told(page, 'business'), { timeout: 90_000 })
    .toMatchObject({
      'why-orphan': 'orphanClusterServiceVersion',
      'why-left': 'waitsForApprovalWith',
      'why-second': 'waitsForApprovalBecauseWith',
    });

  await page.goto('/clusters/business/operatorhub/cpaas-system/made/why-left');
  await expect(page.getByText(/waits for approval\. It also carries why-second/).first()).toBeVisible();
  await page.getByRole('button', { name: `Clean up InstallPlan ${old}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/OLM follows InstallPlan \S+ in its place/);
  await dialog.getByRole('button', { name: 'Clean up' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('link', { name: 'Review the plan' }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /Clean up/ })).toHaveCount(0);
  await expect.poll(() => plans('why-left')).toHaveLength(1);

  // Nobody asked for approval here: the plan of the neighbour holds up the namespace.
  await page.goto('/clusters/business/operators?q=why-second');
  const held = rowOf(page, 'why-second');
  await expect(
    held.getByText(
      /waits for approval, as Subscription why-left .* asks for it\. It also carries why-left\.v1\.0\.0/,
    ),
  ).toBeVisible();
  await held.getByRole('button', { name: 'What to do' }).click();
  await held.getByRole('link', { name: 'Review the plan' }).click();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect
    .poll(() => told(page, 'business'), { timeout: 60_000 })
    .toMatchObject({ 'why-left': 'Installed', 'why-second': 'Installed' });

  await page.goto('/clusters/business/operators?q=why-orphan');
  await expect(
    rowOf(page, 'why-orphan').getByText(/is in the namespace without a Subscription/),
  ).toBeVisible();
  await cure(page, 'why-orphan', 'Delete why-orphan.v1.0.0');
  await expect(rowOf(page, 'why-orphan').getByText(/waits for approval/)).toBeVisible({ timeout: 60_000 });
});

test('where nothing is wrong and it only takes its time, that is what it says', async ({
  page,
  signIn,
  kubectl,
  apply,
}) => {
  await signIn('admin');
  await apply('business', together(...subscribed('why-going')));
  await expect
    .poll(() => told(page, 'business'), { timeout: 90_000 })
    .toMatchObject({ 'why-going': 'Installed' });
  // Somebody's finalizer keeps what is being removed.
  const keep = JSON.stringify({ metadata: { finalizers: ['example.com/keep'] } });
  const own = ['-n', 'why-going'];
  const subscribedTo = ['subscriptions.operators.coreos.com', 'why-going'];
  await kubectl('business', ...own, 'patch', ...subscribedTo, '--type=merge', '-p', keep);
  await kubectl('business', ...own, 'delete', ...subscribedTo, '--wait=false');
  await page.goto('/clusters/business/operatorhub/cpaas-system/made/why-going');
  await expect(page.getByText('It is being removed.').first()).toBeVisible();
  await expect(page.getByText('This usually takes about 30 seconds.').first()).toBeVisible();
  await expect(page.getByText('Nothing needs to be done yet.').first()).toBeVisible();
});
