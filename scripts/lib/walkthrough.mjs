// The product document's way of installing extensions with kubectl, command by command, with what each must print.
import { isDeepStrictEqual } from 'node:util';
import { cells, kubectlVersion, runKubectl } from './kubectl.mjs';

const WAIT_MS = 60_000;
/** Older ones validate by an OpenAPI document in protobuf, which the sandbox doesn't make; it validates all the same. */
const FIRST_MINOR_THAT_VALIDATES = 27;

/**
 * Installs an operator with Manual approval and one with Automatic on the cluster `business`, then a plugin without
 * and one with configuration through `global`.
 * @param {string} kubeconfig of a platform where none of them is installed
 * @param {(line: string) => void} print
 * @returns {Promise<{ commands: number, differences: string[] }>}
 */
export async function walkThrough(kubeconfig, print) {
  const walk = new Walk(kubeconfig, print);
  await installManually(walk);
  await installAutomatically(walk);
  await installPlainPlugin(walk);
  await installConfiguredPlugin(walk);
  return { commands: walk.commands, differences: walk.differences };
}

class Walk {
  commands = 0;
  differences = [];

  constructor(kubeconfig, print) {
    this.kubeconfig = kubeconfig;
    this.print = print;
    const minor = Number(/^v1\.(\d+)/.exec(kubectlVersion() ?? '')?.[1]);
    this.apply = ['apply', ...(minor < FIRST_MINOR_THAT_VALIDATES ? ['--validate=false'] : []), '-f', '-'];
  }

  chapter(title) {
    this.print(`\n# ${title}`);
  }

  /**
   * Runs one command, prints it with its output, and compares what `read` makes of the output with `wanted`. What
   * comes about after a while is asked for again until it is there.
   */
  async step(context, args, { read = (text) => text, wanted, input, show = (text) => text }) {
    this.commands++;
    this.print(`\n$ kubectl --context ${context} ${args.map(quoted).join(' ')}`);
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      const { code, stdout, stderr } = await runKubectl(
        this.kubeconfig,
        ['--context', context, ...args],
        input,
      );
      const shown = code === 0 ? read(stdout) : undefined;
      if (isDeepStrictEqual(shown, wanted) || Date.now() > deadline || (code !== 0 && input !== undefined)) {
        this.print(((code === 0 ? show(stdout) : stdout) + stderr).trimEnd());
        if (!isDeepStrictEqual(shown, wanted)) this.differ(args, wanted, shown ?? stderr);
        return stdout;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  differ(args, wanted, shown) {
    const difference = `kubectl ${args.join(' ')}\n  wanted ${JSON.stringify(wanted)}\n  shown  ${JSON.stringify(shown)}`;
    this.differences.push(difference);
    this.print(`DIFFERS: ${difference}`);
  }
}

function quoted(word) {
  return /^[\w./=:@,-]+$/.test(word) ? word : `'${word}'`;
}

/** `CHANNEL NAME VERSION` of every entry of a PackageManifest. */
function entries(text) {
  return JSON.parse(text).status.channels.flatMap((channel) =>
    channel.entries.map(({ name, version }) => [channel.name, name, version]),
  );
}

const shownEntries = (text) =>
  [['CHANNEL', 'NAME', 'VERSION'], ...entries(text)].map((row) => row.join('\t')).join('\n');

/** Columns whose values nobody can know; RELEASE is one of newer OLM versions only. */
const table = (text) => cells(text, { without: ['AGE', 'RELEASE'] });

function subscription({ name, channel = 'stable', ...more }) {
  const spec = { channel, name, source: 'platform', sourceNamespace: 'cpaas-system', ...more };
  const annotations = { 'cpaas.io/target-namespaces': '' };
  const metadata = { annotations, name: `${name}-subs`, namespace: name };
  return JSON.stringify({
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'Subscription',
    metadata,
    spec,
  });
}

/** What is the same in both ways of installing an operator: look, make room, subscribe. */
async function subscribe(walk, name, versions, spec) {
  await walk.step('business', ['get', 'packagemanifest', name, '-o', 'json'], {
    read: entries,
    show: shownEntries,
    wanted: versions,
  });
  await walk.step('business', ['get', 'packagemanifests', name, '-ojsonpath={.status.catalogSource}'], {
    wanted: 'platform',
  });
  await walk.step('business', ['create', 'namespace', name], {
    input: '',
    wanted: `namespace/${name} created\n`,
  });
  await walk.step('business', walk.apply, {
    input: subscription({ name, ...spec }),
    wanted: `subscription.operators.coreos.com/${name}-subs created\n`,
  });
}

async function installManually(walk) {
  walk.chapter('An operator with Manual approval');
  const name = 'harbor-ce-operator';
  const csv = `${name}.v2.12.11`;
  const version = (channel, number) => [channel, `${name}.v${number}`, number];
  const versions = ['harbor-2', 'stable'].flatMap((channel) => [
    version(channel, '2.12.11'),
    version(channel, '2.12.10'),
  ]);
  await subscribe(walk, name, versions, { installPlanApproval: 'Manual', startingCSV: csv });

  const inNamespace = (...args) => ['-n', name, ...args];
  const field = (text, key) => new RegExp(`^ {2}${key}: (.+)$`, 'm').exec(text)?.[1];
  await walk.step('business', inNamespace('get', 'subscriptions', `${name}-subs`, '-o', 'yaml'), {
    read: (text) => ({
      state: field(text, 'state'),
      currentCSV: field(text, 'currentCSV'),
      pending: /status: "True"\n {4}type: InstallPlanPending/.test(text),
      plan: /^ {2}installPlanRef:\n(?: {4}.*\n)* {4}name: install-\w+$/m.test(text),
    }),
    wanted: { state: 'UpgradePending', currentCSV: csv, pending: true, plan: true },
  });

  const reference = ['get', 'subscriptions', `${name}-subs`, '-o', 'jsonpath={.status.installPlanRef.name}'];
  let plan = '';
  await walk.step('business', inNamespace(...reference), {
    read: (text) => {
      plan = text;
      return /^install-\w{5}$/.test(text);
    },
    wanted: true,
  });
  const header = ['NAME', 'CSV', 'APPROVAL', 'APPROVED'];
  await walk.step('business', inNamespace('get', 'installplan', plan), {
    read: table,
    wanted: [header, [plan, csv, 'Manual', 'false']],
  });
  const approval = '[{"op": "replace", "path": "/spec/approved", "value": true}]';
  await walk.step('business', inNamespace('patch', 'installplan', plan, '--type=json', `-p=${approval}`), {
    input: '',
    wanted: `installplan.operators.coreos.com/${plan} patched\n`,
  });
  await walk.step('business', inNamespace('get', 'csv'), {
    read: table,
    wanted: [
      ['NAME', 'DISPLAY', 'VERSION', 'REPLACES', 'PHASE'],
      [csv, 'Alauda Build of Harbor', '2.12.11', `${name}.v2.12.10`, 'Succeeded'],
    ],
  });
}

async function installAutomatically(walk) {
  walk.chapter('An operator with Automatic approval');
  const name = 'clickhouse-operator';
  const csv = `${name}.v0.18.2`;
  await subscribe(walk, name, [['stable', csv, '0.18.2']], { installPlanApproval: 'Automatic' });
  await walk.step('business', ['-n', name, 'get', 'subscriptions', `${name}-subs`, '-oyaml'], {
    read: (text) => /^ {2}installedCSV: (.+)$/m.exec(text)?.[1],
    wanted: csv,
  });
  await walk.step('business', ['-n', name, 'get', 'csv'], {
    // Nothing is replaced: the document leaves that empty column out.
    read: (text) => cells(text, { without: ['AGE', 'RELEASE', 'REPLACES'] }),
    wanted: [
      ['NAME', 'DISPLAY', 'VERSION', 'PHASE'],
      [csv, 'ClickHouse Operator', '0.18.2', 'Succeeded'],
    ],
  });
}

/** Both kinds of plugins: look what is there, ask for the installation, see that it runs. */
async function installPlugin(walk, { plugin, version, cluster, name, config, says }) {
  const moduleConfig = `${plugin}-${version}`;
  const selector = `cpaas.io/module-name=${plugin}`;
  await walk.step('global', ['get', 'moduleplugins', plugin], { read: table, wanted: [['NAME'], [plugin]] });
  await walk.step('global', ['get', 'moduleconfigs', '-l', selector], {
    read: table,
    wanted: [['NAME'], [moduleConfig]],
  });
  await walk.step('global', ['get', 'moduleconfigs', moduleConfig, '-oyaml'], {
    read: (text) => says.filter((part) => !text.includes(part)),
    wanted: [],
  });
  const labels = {
    'cpaas.io/cluster-name': cluster,
    'cpaas.io/module-name': plugin,
    'cpaas.io/module-type': 'plugin',
  };
  await walk.step('global', walk.apply, {
    input: JSON.stringify({
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ModuleInfo',
      metadata: { labels, name: `${cluster}-temporary-name` },
      spec: { config, version },
    }),
    wanted: `moduleinfo.cluster.alauda.io/${cluster}-temporary-name created\n`,
  });
  await walk.step('global', ['get', 'moduleinfo', '-l', selector], {
    read: table,
    wanted: [
      [
        'NAME',
        'CLUSTER',
        'MODULE',
        'DISPLAY_NAME',
        'STATUS',
        'TARGET_VERSION',
        'CURRENT_VERSION',
        'NEW_VERSION',
      ],
      [name, cluster, plugin, plugin, 'Running', version, version, version],
    ],
  });
}

async function installPlainPlugin(walk) {
  walk.chapter('A cluster plugin without configuration');
  await installPlugin(walk, {
    plugin: 'web-cli',
    version: 'v4.0.4',
    cluster: 'global',
    name: 'global-ee98c9991ea1464aaa8054bdacbab313',
    config: {},
    says: [
      '  affinity:\n    clusterAffinity:\n      matchLabels:\n        is-global: "true"\n',
      '\n  config: {}\n',
      '\n  name: web-cli-v4.0.4\n',
      '\n  version: v4.0.4\n',
    ],
  });
}

async function installConfiguredPlugin(walk) {
  walk.chapter('A cluster plugin with configuration');
  await installPlugin(walk, {
    plugin: 'gpu-device-plugin',
    version: 'v4.0.15',
    cluster: 'business',
    // The platform's own rule for names: the document's example is of a cluster that had another name.
    name: 'business-c5b03393776ecd3d02e6590f4c1c07b8',
    config: { custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true } },
    says: [
      '      matchExpressions:\n      - key: cpaas.io/os-linux\n        operator: Exists\n      matchLabels:\n        cpaas.io/arch-amd64: "true"\n',
      '  config:\n    custom:\n      mps_enable: false\n      pgpu_enable: false\n      vgpu_enable: false\n',
      '\n  name: gpu-device-plugin-v4.0.15\n',
      '\n  version: v4.0.15\n',
    ],
  });
}
