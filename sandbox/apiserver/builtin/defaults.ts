import type { KubeObject } from '../../client/types.ts';
import { arrayAt, at, isObject, type JsonObject } from '../json.ts';
import { qosClass } from '../quota/pod-resources.ts';

type Defaulter = (object: KubeObject, old: KubeObject | undefined) => void;

/** Sets what Kubernetes sets by default where a client leaves it out. Each is keyed by `plural.group`. */
export const defaulters: Record<string, Defaulter> = {
  'namespaces.': (namespace, old) => {
    namespace.metadata.labels = {
      ...namespace.metadata.labels,
      'kubernetes.io/metadata.name': namespace.metadata.name ?? '',
    };
    const spec = section(namespace, 'spec');
    if (!old) spec.finalizers = ['kubernetes'];
    fill(section(namespace, 'status'), { phase: 'Active' });
  },
  'events.': (event) => {
    // Go's type always writes these.
    const nothing = { eventTime: null, firstTimestamp: null, lastTimestamp: null };
    fill(event, { ...nothing, source: {}, reportingComponent: '', reportingInstance: '' });
  },
  'pods.': (pod, old) => {
    const spec = section(pod, 'spec');
    podSpec(spec);
    requestLimits(spec);
    if (!old) fill(section(pod, 'status'), { phase: 'Pending', qosClass: qosClass(pod) });
  },
  'deployments.apps': (deployment) => {
    const spec = section(deployment, 'spec');
    fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
    const strategy = section(spec, 'strategy');
    fill(strategy, { type: 'RollingUpdate' });
    if (strategy.type === 'RollingUpdate') {
      fill(section(strategy, 'rollingUpdate'), { maxUnavailable: '25%', maxSurge: '25%' });
    }
    template(spec);
  },
  'replicasets.apps': (set) => {
    const spec = section(set, 'spec');
    fill(spec, { replicas: 1 });
    template(spec);
  },
  'statefulsets.apps': (set) => {
    const spec = section(set, 'spec');
    fill(spec, { replicas: 1, podManagementPolicy: 'OrderedReady', revisionHistoryLimit: 10 });
    fill(section(spec, 'updateStrategy'), { type: 'RollingUpdate', rollingUpdate: { partition: 0 } });
    template(spec);
  },
  'daemonsets.apps': (set) => {
    const spec = section(set, 'spec');
    fill(spec, { revisionHistoryLimit: 10 });
    const rollingUpdate = { maxUnavailable: 1, maxSurge: 0 };
    fill(section(spec, 'updateStrategy'), { type: 'RollingUpdate', rollingUpdate });
    template(spec);
  },
  'jobs.batch': (job, old) => {
    const spec = section(job, 'spec');
    fill(spec, {
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      podReplacementPolicy: 'TerminatingOrFailed',
      manualSelector: false,
    });
    template(spec);
    if (!old) selectOwnPods(job, spec);
  },
  'services.': (service, old) => {
    const spec = section(service, 'spec');
    fill(spec, { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' });
    if (spec.type !== 'ExternalName') {
      fill(spec, { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' });
      const kept = at(old, 'spec', 'clusterIP');
      if (spec.clusterIP === undefined || spec.clusterIP === '') spec.clusterIP = kept ?? clusterAddress();
      fill(spec, { clusterIPs: [spec.clusterIP] });
    }
    for (const port of objects(spec.ports)) fill(port, { protocol: 'TCP', targetPort: port.port });
    fill(section(service, 'status'), { loadBalancer: {} });
  },
  'secrets.': (secret) => {
    fill(secret, { type: 'Opaque' });
    if (!isObject(secret.stringData)) return;
    const data: JsonObject = { ...(isObject(secret.data) ? secret.data : {}) };
    for (const [key, value] of Object.entries(secret.stringData))
      data[key] = Buffer.from(String(value)).toString('base64');
    secret.data = data;
    delete secret.stringData;
  },
  'persistentvolumeclaims.': (claim) => {
    fill(section(claim, 'spec'), { volumeMode: 'Filesystem' });
    fill(section(claim, 'status'), { phase: 'Pending' });
  },
  'storageclasses.storage.k8s.io': (storageClass) => {
    fill(storageClass, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' });
  },
  'rolebindings.rbac.authorization.k8s.io': binding,
  'clusterrolebindings.rbac.authorization.k8s.io': binding,
  'customresourcedefinitions.apiextensions.k8s.io': (definition) => {
    const spec = section(definition, 'spec');
    const names = section(spec, 'names');
    const kind = String(names.kind ?? '');
    fill(names, { singular: kind.toLowerCase(), listKind: `${kind}List` });
    fill(spec, { conversion: { strategy: 'None' } });
  },
};

function binding(object: KubeObject): void {
  const roleRef = section(object, 'roleRef');
  fill(roleRef, { apiGroup: 'rbac.authorization.k8s.io' });
  for (const subject of objects(object.subjects)) {
    if (subject.kind === 'User' || subject.kind === 'Group')
      fill(subject, { apiGroup: 'rbac.authorization.k8s.io' });
  }
}

function template(spec: JsonObject): void {
  const pods = section(spec, 'template');
  section(pods, 'metadata');
  podSpec(section(pods, 'spec'));
}

function podSpec(spec: JsonObject): void {
  fill(spec, {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
  });
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  if (account !== undefined) fill(spec, { serviceAccountName: account, serviceAccount: account });
  for (const container of [...objects(spec.initContainers), ...objects(spec.containers)]) {
    fill(container, {
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      imagePullPolicy: pullPolicy(String(container.image ?? '')),
      resources: {},
    });
    for (const port of objects(container.ports)) fill(port, { protocol: 'TCP' });
    for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
      if (isObject(probe))
        fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
    }
    for (const variable of objects(container.env)) {
      const field = at(variable, 'valueFrom', 'fieldRef');
      if (isObject(field)) fill(field, { apiVersion: 'v1' });
    }
  }
  for (const volume of objects(spec.volumes)) {
    for (const source of [volume.secret, volume.configMap])
      if (isObject(source)) fill(source, { defaultMode: 420 });
  }
}

/** A container that only says how much it may have asks for just that. */
function requestLimits(spec: JsonObject): void {
  for (const container of [...objects(spec.initContainers), ...objects(spec.containers)]) {
    const resources = section(container, 'resources');
    if (isObject(resources.limits)) fill(section(resources, 'requests'), resources.limits);
  }
}

function pullPolicy(image: string): string {
  const tag = image.slice(image.lastIndexOf('/') + 1).split(':')[1];
  return !image.includes('@') && (tag === undefined || tag === 'latest') ? 'Always' : 'IfNotPresent';
}

/** A Job finds its pods by its own uid unless the author chose a selector. */
function selectOwnPods(job: KubeObject, spec: JsonObject): void {
  if (spec.manualSelector === true || spec.selector) return;
  const { uid = '', name = '' } = job.metadata;
  spec.selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
  const metadata = section(section(spec, 'template'), 'metadata');
  metadata.labels = {
    ...(isObject(metadata.labels) ? metadata.labels : {}),
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
}

let nextAddress = 10;

function clusterAddress(): string {
  nextAddress++;
  return `10.96.${(nextAddress >> 8) & 255}.${nextAddress & 255}`;
}

function section(object: JsonObject, key: string): JsonObject {
  const known = object[key];
  if (isObject(known)) return known;
  const made: JsonObject = {};
  object[key] = made;
  return made;
}

function fill(object: JsonObject, defaults: JsonObject): void {
  for (const [key, value] of Object.entries(defaults)) {
    if (object[key] === undefined || object[key] === null) object[key] = value;
  }
}

function objects(value: unknown): JsonObject[] {
  return arrayAt({ value }, 'value').filter(isObject);
}
