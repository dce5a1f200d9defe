import type { KubeObject } from '../../client/types.ts';
import { validateDefinition } from '../crd/validate-definition.ts';
import { arrayAt, at, equal, isObject, stringAt } from '../json.ts';
import { nameProblems } from '../meta/names.ts';
import { validateContainerResources, validateQuota } from '../quota/validate-quota.ts';
import { matchesLabelSelector } from '../selectors.ts';
import { type FieldError, invalidValue, notSupported, required } from '../status.ts';

type Validator = (object: KubeObject, old: KubeObject | undefined) => FieldError[];

/** Rules of Kubernetes' own kinds that a client is likely to meet. Not all of them: the sandbox runs no containers. */
export const validators: Record<string, Validator> = {
  'pods.': (pod) => podSpec(pod.spec, 'spec', 'Pod'),
  'deployments.apps': workload,
  'replicasets.apps': workload,
  'statefulsets.apps': workload,
  'daemonsets.apps': workload,
  'jobs.batch': (job) => podSpec(at(job, 'spec', 'template', 'spec'), 'spec.template.spec', 'Job'),
  'resourcequotas.': validateQuota,
  'services.': (service) => {
    const errors: FieldError[] = [];
    const ports = arrayAt(service, 'spec', 'ports');
    const headless = stringAt(service, 'spec', 'clusterIP') === 'None';
    if (ports.length === 0 && !headless && stringAt(service, 'spec', 'type') !== 'ExternalName') {
      errors.push(required('spec.ports'));
    }
    ports.forEach((port, index) => {
      if (ports.length > 1 && !at(port, 'name')) errors.push(required(`spec.ports[${index}].name`));
      errors.push(...portNumber(at(port, 'port'), `spec.ports[${index}].port`));
    });
    return errors;
  },
  'configmaps.': (map, old) => [...dataKeys(map, 'data'), ...immutable(map, old)],
  'secrets.': (secret, old) => {
    const errors = [...dataKeys(secret, 'data'), ...immutable(secret, old)];
    if (old && old.type !== secret.type) errors.push(fixed('type', secret.type));
    return errors;
  },
  'rolebindings.rbac.authorization.k8s.io': binding,
  'clusterrolebindings.rbac.authorization.k8s.io': binding,
  'customresourcedefinitions.apiextensions.k8s.io': validateDefinition,
  'storageclasses.storage.k8s.io': (storageClass) =>
    storageClass.provisioner ? [] : [required('provisioner')],
};

function workload(object: KubeObject, old: KubeObject | undefined): FieldError[] {
  const errors: FieldError[] = [];
  const replicas = at(object, 'spec', 'replicas');
  if (typeof replicas === 'number' && replicas < 0)
    errors.push(invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0'));
  const selector = at(object, 'spec', 'selector');
  const empty = isObject(selector) && Object.keys(selector).length === 0;
  if (!isObject(selector)) errors.push(required('spec.selector'));
  else if (empty) {
    const kind = object.kind.toLowerCase();
    errors.push(invalidValue('spec.selector', selector, `empty selector is invalid for ${kind}`));
  }
  const labels = at(object, 'spec', 'template', 'metadata', 'labels');
  const known = isObject(labels) ? (labels as Record<string, string>) : {};
  // A selector that is absent chooses nothing.
  if (!empty && !(isObject(selector) && matchesLabelSelector(selector, known))) {
    errors.push(
      invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'),
    );
  }
  if (old && !equal(at(old, 'spec', 'selector'), selector)) errors.push(fixed('spec.selector', selector));
  errors.push(...podSpec(at(object, 'spec', 'template', 'spec'), 'spec.template.spec', object.kind));
  return errors;
}

function podSpec(spec: unknown, path: string, kind: string): FieldError[] {
  const containers = arrayAt(spec, 'containers');
  if (containers.length === 0) return [required(`${path}.containers`)];
  return containers.flatMap((container, index) => {
    const place = `${path}.containers[${index}]`;
    const errors: FieldError[] = [];
    const name = stringAt(container, 'name');
    if (!name) errors.push(required(`${place}.name`));
    else errors.push(...nameProblems(name, 'label').map((text) => invalidValue(`${place}.name`, name, text)));
    const twice = containers.slice(0, index).some((other) => name && stringAt(other, 'name') === name);
    if (twice)
      errors.push({
        field: `${place}.name`,
        reason: 'FieldValueDuplicate',
        message: `Duplicate value: "${name}"`,
      });
    if (!at(container, 'image')) errors.push(required(`${place}.image`));
    errors.push(...validateContainerResources(container, place, kind));
    arrayAt(container, 'ports').forEach((port, position) => {
      errors.push(...portNumber(at(port, 'containerPort'), `${place}.ports[${position}].containerPort`));
    });
    return errors;
  });
}

function portNumber(port: unknown, path: string): FieldError[] {
  if (port === undefined) return [required(path)];
  if (typeof port === 'number' && port >= 1 && port <= 65_535) return [];
  return [invalidValue(path, port, 'must be between 1 and 65535, inclusive')];
}

const dataKey = /^[-._a-zA-Z0-9]+$/;

function dataKeys(object: KubeObject, field: string): FieldError[] {
  return Object.keys(isObject(object[field]) ? object[field] : {})
    .filter((key) => !dataKey.test(key) || key.length > 253)
    .map((key) =>
      invalidValue(
        `${field}[${key}]`,
        key,
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
      ),
    );
}

function immutable(object: KubeObject, old: KubeObject | undefined): FieldError[] {
  if (old?.immutable !== true) return [];
  if (object.immutable === true && equal(object.data, old.data)) return [];
  const message = 'Forbidden: field is immutable when `immutable` is set';
  return [{ field: 'data', reason: 'FieldValueForbidden', message }];
}

function fixed(field: string, value: unknown): FieldError {
  return invalidValue(field, value, 'field is immutable');
}

function binding(object: KubeObject, old: KubeObject | undefined): FieldError[] {
  const errors: FieldError[] = [];
  const kind = stringAt(object, 'roleRef', 'kind');
  const allowed = object.kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (!kind || !allowed.includes(kind)) errors.push(notSupported('roleRef.kind', kind ?? '', allowed));
  if (!stringAt(object, 'roleRef', 'name')) errors.push(required('roleRef.name'));
  if (old && !equal(old.roleRef, object.roleRef)) {
    errors.push(invalidValue('roleRef', object.roleRef, 'cannot change roleRef'));
  }
  return errors;
}
