import { describe, expect, test } from 'vitest';
import { affinityFailures } from './affinity.ts';
import { type Descriptor, labelOf, labels, type ModuleConfig } from './api.ts';
import { pluginObjects, readPlugins } from './content.ts';
import { readPluginState } from './seed.ts';
import { compareVersions, inRange } from './versions.ts';

const contents = await readPlugins();
const plugins = await Promise.all(
  contents.map(async (content) => ({ content, name: content.name, ...(await pluginObjects(content)) })),
);
const configs = plugins.flatMap((it) => it.configs);
const { installed } = await readPluginState('lived-in');
const find = (name: string) => plugins.find((it) => it.name === name);
const descriptorsOf = ({ spec }: ModuleConfig): Descriptor[] => [
  ...(spec.deployDescriptors ?? []),
  ...(spec.editDescriptors ?? []),
  ...(spec.upgradeDescriptors ?? []),
];

function valueAt(config: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
      config,
    );
}

describe('the plugins that the sandbox starts with', () => {
  test('are at least 18, of all three life cycles, one of them without a life cycle label', () => {
    expect(plugins.length).toBeGreaterThanOrEqual(18);
    const lifecycles = plugins.map((it) => labelOf(it.plugin, labels.lifecycle).toLowerCase());
    expect(new Set(lifecycles)).toEqual(new Set(['core', 'aligned', 'agnostic', '']));
  });

  test('web-cli is as the product document prints it', () => {
    const { plugin, configs } = find('web-cli') ?? {};
    expect(plugin?.metadata.name).toBe('web-cli');
    expect(configs).toHaveLength(1);
    expect(configs?.[0]).toMatchObject({
      metadata: { name: 'web-cli-v4.0.4', labels: { 'cpaas.io/module-name': 'web-cli' } },
      spec: {
        affinity: { clusterAffinity: { matchLabels: { 'is-global': 'true' } } },
        config: {},
        version: 'v4.0.4',
      },
    });
  });

  test('gpu-device-plugin is as the product document prints it', () => {
    const { configs } = find('gpu-device-plugin') ?? {};
    expect(configs).toHaveLength(1);
    expect(configs?.[0]?.metadata.name).toBe('gpu-device-plugin-v4.0.15');
    expect(configs?.[0]?.spec).toMatchObject({
      affinity: {
        clusterAffinity: {
          matchExpressions: [{ key: 'cpaas.io/os-linux', operator: 'Exists' }],
          matchLabels: { 'cpaas.io/arch-amd64': 'true' },
        },
      },
      config: { custom: { mps_enable: false, pgpu_enable: false, vgpu_enable: false } },
      version: 'v4.0.15',
    });
    expect(configs?.[0]?.spec).not.toHaveProperty('deployDescriptors');
  });

  test('one has been announced and not uploaded', () => {
    expect(plugins.filter((it) => it.configs.length === 0).map((it) => it.name)).toEqual(['etcd-sync']);
  });

  test('a Core one has a newer version', () => {
    const core = plugins.filter((it) => labelOf(it.plugin, labels.lifecycle).toLowerCase() === 'core');
    expect(core.some((it) => it.configs.length > 1)).toBe(true);
  });

  test('three or more change their form with an upgrade', () => {
    const changing = plugins.filter(({ configs: versions }) => {
      const forms = versions.map(({ spec }) => JSON.stringify(spec.deployDescriptors ?? spec.config ?? {}));
      return new Set(forms).size > 1;
    });
    expect(changing.length).toBeGreaterThanOrEqual(3);
  });

  test.each([
    'com.tectonic.ui:booleanSwitch',
    'com.tectonic.ui:text',
    'com.tectonic.ui:textarea',
    'com.tectonic.ui:number',
    'com.tectonic.ui:yaml',
    'com.tectonic.ui:select:',
    'com.tectonic.ui:fieldGroup:',
    'com.tectonic.ui:arrayFieldGroup:',
    'com.tectonic.ui:advanced',
    'com.tectonic.ui:fieldDependency:',
    'com.tectonic.ui:hidden',
    'com.tectonic.ui:multiple',
    'com.tectonic.ui:validation:maximum:',
    'com.tectonic.ui:validation:minimum:',
    'com.tectonic.ui:validation:maxLength:',
    'com.tectonic.ui:validation:minLength:',
    'com.tectonic.ui:validation:pattern:',
    'com.tectonic.ui:validation:required',
    'com.tectonic.default:',
    'label:en:',
    'label:zh:',
    'description:en:',
    'description:zh:',
    'io.kubernetes:',
    'oneOf:',
  ])('some form uses %s', (descriptor) => {
    const used = configs.flatMap(descriptorsOf).flatMap((it) => it['x-descriptors']);
    expect(used.some((it) => it.startsWith(`urn:alm:descriptor:${descriptor}`))).toBe(true);
  });

  test.each(plugins.map((it) => [it.name, it] as const))(
    '%s: its picture is an SVG without scripts',
    (_, it) => {
      const [, data = ''] = /^data:image\/svg\+xml;base64,(.+)$/.exec(it.plugin.spec.logo) ?? [];
      const svg = Buffer.from(data, 'base64').toString();
      expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
      expect(svg).not.toMatch(/script|href|on\w+=/i);
    },
  );

  test('no two pictures are the same', () => {
    expect(new Set(plugins.map((it) => it.plugin.spec.logo)).size).toBe(plugins.length);
  });

  test.each(plugins.map((it) => [it.name, it] as const))(
    '%s: versions ascend and can be upgraded',
    (_, it) => {
      const versions = it.configs.map(({ spec }) => spec.version ?? '');
      expect(versions).toEqual([...versions].sort(compareVersions));
      it.configs.slice(1).forEach(({ spec }, index) => {
        expect(inRange(versions[index] ?? '', spec.supportedUpgradeVersions)).toBe(true);
      });
    },
  );

  test.each(configs.map((config) => [config.metadata.name, config] as const))(
    '%s: the defaults in its forms agree with its configuration',
    (_, config) => {
      const prefix = 'urn:alm:descriptor:com.tectonic.default:';
      for (const { path, 'x-descriptors': descriptors } of descriptorsOf(config)) {
        const given = descriptors.find((it) => it.startsWith(prefix))?.slice(prefix.length);
        if (given !== undefined)
          expect(`${path}=${valueAt(config.spec.config, path)}`).toBe(`${path}=${given}`);
      }
    },
  );
});

describe('the lived-in state', () => {
  const entries = Object.entries(installed).flatMap(([cluster, list]) =>
    list.map((it) => [cluster, it.name, it.version] as const),
  );

  test.each(entries)('%s has %s in a version that exists', (_, name, version) => {
    const versions = find(name)?.configs.map(({ spec }) => spec.version);
    if (version === undefined) expect(versions?.length).toBeGreaterThan(0);
    else expect(versions).toContain(version);
  });

  test('on business at least four plugins that are not Core wait for an upgrade', () => {
    const waiting = (installed.business ?? []).filter(({ name, version }) => {
      const it = find(name);
      const newest = it?.configs.at(-1)?.spec.version;
      const core = it !== undefined && labelOf(it.plugin, labels.lifecycle).toLowerCase() === 'core';
      return !core && version !== undefined && newest !== version;
    });
    expect(waiting.length).toBeGreaterThanOrEqual(4);
  });

  test('nothing stands where its affinity forbids it', () => {
    const labelsOf: Record<string, Record<string, string>> = {
      global: {
        'is-global': 'true',
        'cluster-type': 'Baremetal',
        'cpaas.io/os-linux': 'true',
        'cpaas.io/arch-amd64': 'true',
      },
      business: { 'cluster-type': 'DCS', 'cpaas.io/os-linux': 'true', 'cpaas.io/arch-amd64': 'true' },
      edge: { 'cluster-type': 'Imported', 'cpaas.io/os-linux': 'true', 'cpaas.io/arch-arm64': 'true' },
    };
    for (const [cluster, name] of entries) {
      const affinity = find(name)?.plugin.spec.affinity;
      const neighbours = entries.flatMap(([where, other]) =>
        where === cluster && other !== name ? [other] : [],
      );
      expect(
        affinityFailures(affinity, { name: cluster, labels: labelsOf[cluster] ?? {} }, neighbours),
      ).toEqual([]);
    }
  });
});
