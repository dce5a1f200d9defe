import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { deleteCommand, installCommands, moduleInfoManifest, patchCommand, toYaml } from './manifests';

const gpu = {
  plugin: 'gpu-device-plugin',
  cluster: 'business',
  version: 'v4.0.15',
  config: { custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true } },
};

test('an installation is the ModuleInfo that the product document prints', () => {
  expect(moduleInfoManifest(gpu)).toEqual({
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleInfo',
    metadata: {
      labels: {
        'cpaas.io/cluster-name': 'business',
        'cpaas.io/module-name': 'gpu-device-plugin',
        'cpaas.io/module-type': 'plugin',
      },
      name: 'business-temporary-name',
    },
    spec: {
      config: { custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true } },
      version: 'v4.0.15',
    },
  });
  const webCli = { plugin: 'web-cli', cluster: 'global', version: 'v4.0.4', config: {} };
  expect(toYaml(moduleInfoManifest(webCli))).toBe(`apiVersion: cluster.alauda.io/v1alpha1
kind: ModuleInfo
metadata:
  labels:
    cpaas.io/cluster-name: global
    cpaas.io/module-name: web-cli
    cpaas.io/module-type: plugin
  name: global-temporary-name
spec:
  config: {}
  version: v4.0.4
`);
});

test('the temporary name gets a suffix when it is taken', () => {
  expect(moduleInfoManifest(gpu, 2).metadata.name).toBe('business-temporary-name-2');
});

test('values of charts are sent only when there are some', () => {
  const valuesOverride = { 'ait/chart': { replicas: 2 } };
  expect(moduleInfoManifest({ ...gpu, valuesOverride }).spec.valuesOverride).toEqual(valuesOverride);
  expect(moduleInfoManifest({ ...gpu, valuesOverride: {} }).spec).not.toHaveProperty('valuesOverride');
});

test('commands go to the global cluster and quote what a shell would read', () => {
  const commands = installCommands(gpu, 'my global');
  expect(commands).toContain("kubectl --context 'my global' create -f - <<'EOF'");
  expect(commands).toContain('-l cpaas.io/cluster-name=business,cpaas.io/module-name=gpu-device-plugin');
  const yaml = commands.slice(commands.indexOf('\n') + 1, commands.indexOf('\nEOF'));
  expect(parse(yaml)).toEqual(moduleInfoManifest(gpu));
  expect(patchCommand('business-1', { config: { note: "it's" } }, 'global')).toBe(
    `kubectl --context global patch moduleinfo business-1 --type merge -p '{"spec":{"config":{"note":"it'\\''s"}}}'\n`,
  );
  expect(deleteCommand('business-1', 'global')).toBe(
    'kubectl --context global delete moduleinfo business-1\n',
  );
});
