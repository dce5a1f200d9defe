import { CLUSTER_NAME, MODULE_NAME, MODULE_TYPE, MODULE_VERSION, PLUGIN_TYPE } from './labels';
import type {
  ApiObject,
  ModuleConfigObject,
  ModuleInfoObject,
  ModulePluginObject,
  ModuleSpec,
} from './objects';

/** Objects for tests, with the labels that the platform gives them. */
export function modulePlugin(name: string, spec: ModuleSpec = {}, labels = {}): ModulePluginObject {
  return { ...object('ModulePlugin', name, { [MODULE_NAME]: name, ...labels }), spec: { name, ...spec } };
}

/** A version that is ready unless told otherwise. */
export function moduleConfig(
  name: string,
  version: string,
  spec: ModuleSpec = {},
  readyForDeploy = true,
): ModuleConfigObject {
  const labels = { [MODULE_NAME]: name, [MODULE_VERSION]: version };
  return {
    ...object('ModuleConfig', `${name}-${version}`, labels),
    spec: { name, version, ...spec },
    status: { readyForDeploy },
  };
}

/** An installation that runs unless told otherwise. */
export function moduleInfo(
  name: string,
  cluster: string,
  version: string,
  status: ModuleInfoObject['status'] = { phase: 'Running', version },
): ModuleInfoObject {
  const labels = { [MODULE_NAME]: name, [CLUSTER_NAME]: cluster };
  return {
    ...object('ModuleInfo', `${cluster}-0123456789abcdef`, labels),
    spec: { version, config: {} },
    status,
  };
}

function object(kind: string, name: string, labels: Record<string, string>): ApiObject {
  return {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind,
    metadata: {
      name,
      uid: `uid-of-${name}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { [MODULE_TYPE]: PLUGIN_TYPE, ...labels },
    },
  };
}
