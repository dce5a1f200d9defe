import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { InstallInput, InstallNamespace } from '../install-contract';
import { planInstallation, shellQuote, subscriptionName, toCommands, toYaml } from './installation';
import { installable } from './testing';

const input: InstallInput = {
  channel: 'stable',
  version: '1.0.0',
  namespace: 'kiali',
  mode: 'AllNamespaces',
  approval: 'Manual',
};
const empty: InstallNamespace = { name: 'kiali', operatorGroups: [], subscriptions: [], waitingPlans: [] };

describe('an installation', () => {
  test('on the platform makes the missing namespace and the Subscription, whose annotation asks for the OperatorGroup', () => {
    expect(planInstallation(installable(), input)).toEqual([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kiali' } },
      {
        apiVersion: 'operators.coreos.com/v1alpha1',
        kind: 'Subscription',
        metadata: {
          name: 'kiali',
          namespace: 'kiali',
          labels: { catalog: 'platform' },
          annotations: { 'cpaas.io/target-namespaces': '' },
        },
        spec: {
          channel: 'stable',
          installPlanApproval: 'Manual',
          name: 'kiali',
          source: 'platform',
          sourceNamespace: 'cpaas-system',
          startingCSV: 'kiali.v1.0.0',
        },
      },
    ]);
  });

  test.each<[InstallInput['mode'], string[] | undefined, string, object]>([
    ['AllNamespaces', undefined, '', {}],
    ['OwnNamespace', undefined, 'kiali', { targetNamespaces: ['kiali'] }],
    ['SingleNamespace', ['team-a'], 'team-a', { targetNamespaces: ['team-a'] }],
    ['MultiNamespace', ['team-a', 'team-b'], 'team-a,team-b', { targetNamespaces: ['team-a', 'team-b'] }],
  ])('on plain OLM in mode %s also makes the OperatorGroup', (mode, targetNamespaces, annotation, spec) => {
    const operator = installable({ operatorGroupBy: 'console' });
    const [group, subscription] = planInstallation(operator, { ...input, mode, targetNamespaces }, empty);
    expect(group).toEqual({
      apiVersion: 'operators.coreos.com/v1',
      kind: 'OperatorGroup',
      metadata: { generateName: 'kiali-', namespace: 'kiali' },
      spec,
    });
    expect(subscription?.metadata.annotations).toEqual({ 'cpaas.io/target-namespaces': annotation });
    expect(subscription?.metadata.labels).toBeUndefined();
  });

  test('never makes a second OperatorGroup', () => {
    const namespace = { ...empty, operatorGroups: [{ name: 'og', targetNamespaces: [] }] };
    const kinds = planInstallation(installable({ operatorGroupBy: 'console' }), input, namespace).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['Subscription']);
  });

  test('with Automatic approval names no starting version', () => {
    const [subscription] = planInstallation(installable(), { ...input, approval: 'Automatic' }, empty);
    expect(subscription?.spec).not.toHaveProperty('startingCSV');
  });

  test('gives a new namespace what the template of the operator says', () => {
    const operator = installable();
    const labels = { 'pod-security.kubernetes.io/enforce': 'privileged' };
    for (const channel of operator.channels) channel.namespaceTemplate = { labels, annotations: { a: 'b' } };
    const [namespace] = planInstallation(operator, input);
    expect(namespace?.metadata).toEqual({ name: 'kiali', labels, annotations: { a: 'b' } });
    expect(planInstallation(operator, input, empty).map(({ kind }) => kind)).toEqual(['Subscription']);
  });

  test('notes whose first installation is to be approved, with Manual approval only', () => {
    const annotation = (changes: Partial<InstallInput>) =>
      planInstallation(installable(), { ...input, approveFirst: true, ...changes }, empty)[0]?.metadata
        .annotations?.['marketplace-console/approve-first'];
    expect(annotation({})).toBe('kiali.v1.0.0');
    expect(annotation({ approval: 'Automatic' })).toBeUndefined();
    expect(annotation({ approveFirst: false })).toBeUndefined();
  });

  test('passes the configuration through', () => {
    const config = { nodeSelector: { disk: 'ssd' } };
    const [subscription] = planInstallation(installable(), { ...input, config }, empty);
    expect(subscription?.spec).toMatchObject({ config });
  });
});

describe('the name of a Subscription', () => {
  test.each([
    ['kiali', [], 'kiali'],
    ['kiali', ['kiali'], 'kiali-2'],
    ['kiali', ['kiali', 'kiali-2'], 'kiali-3'],
    ['My_Operator.v2', [], 'my-operator.v2'],
    ['-x-', [], 'x'],
    ['___', [], 'operator'],
  ])('for package %s beside %j is %s', (name, taken, expected) => {
    expect(subscriptionName(name, taken)).toBe(expected);
  });

  test('has at most 253 characters, the number included', () => {
    const long = 'a'.repeat(300);
    expect(subscriptionName(long, [])).toHaveLength(253);
    expect(subscriptionName(long, ['a'.repeat(253)])).toBe(`${'a'.repeat(251)}-2`);
  });
});

describe('the YAML and the commands', () => {
  const hostile = {
    env: [{ name: 'A', value: "it's\nYAML\n$(reboot)" }],
    yes: 'no',
    octal: '0777',
    time: '12:30',
  };
  const manifests = planInstallation(installable(), { ...input, config: hostile });

  test('say exactly what is created', () => {
    const documents = parseAllDocuments(toYaml(manifests), { version: '1.1' }).map((document) =>
      document.toJS(),
    );
    expect(documents).toEqual(manifests);
  });

  test('quote what older YAML would read as something else', () => {
    expect(toYaml([{ a: 'no', b: '12:30', c: '' }])).toBe('a: "no"\nb: "12:30"\nc: ""\n');
  });

  test('reach the right cluster and carry the objects unharmed through a shell', () => {
    const cluster = "arn:aws:eks:x:cluster/it's";
    for (const [index, command] of toCommands(manifests, cluster).entries()) {
      const script = `kubectl() { printf '%s\\n' "$@" >&2; cat; }\n${command}\n`;
      const yaml = execFileSync('sh', ['-c', script], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      expect(parse(yaml, { version: '1.1' })).toEqual(manifests[index]);
      expect(command).toContain(`--context ${shellQuote(cluster)} create -f -`);
    }
  });

  test('quote any name for a shell', () => {
    const word = `it's "a" $(name) \\ \``;
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(word)}`], { encoding: 'utf8' })).toBe(word);
  });
});
