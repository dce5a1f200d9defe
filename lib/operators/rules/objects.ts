/** What the rules read of any object of a Kubernetes API. */
export interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    creationTimestamp: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

/** An object on its way to the API server. */
export interface ManifestObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name?: string;
    generateName?: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

/**
 * OLM's own objects (operators.coreos.com), as far as the console reads them. Every status is optional:
 * OLM creates objects first and fills their status in a later write.
 */
export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

export interface SubscriptionObject extends ApiObject {
  spec: {
    name: string;
    source: string;
    sourceNamespace: string;
    channel?: string;
    installPlanApproval?: string;
    startingCSV?: string;
  };
  status?: {
    state?: string;
    currentCSV?: string;
    installedCSV?: string;
    installPlanRef?: { name?: string; namespace?: string; uid?: string };
    /** The older name of `installPlanRef`. */
    installplan?: { name?: string; uuid?: string };
    conditions?: Condition[];
  };
}

export interface InstallPlanObject extends ApiObject {
  spec: {
    approval?: string;
    approved?: boolean;
    clusterServiceVersionNames?: string[];
  };
  status?: { phase?: string; message?: string; conditions?: Condition[] };
}

export interface ClusterServiceVersionObject extends ApiObject {
  spec?: {
    version?: string;
    replaces?: string;
    displayName?: string;
    customresourcedefinitions?: unknown;
    apiservicedefinitions?: unknown;
    install?: { spec?: { deployments?: { name?: string }[] } };
  };
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    lastUpdateTime?: string;
    lastTransitionTime?: string;
    /** The phases that it has been in, the present one last. */
    conditions?: unknown[];
  };
}

export interface CatalogSourceObject extends ApiObject {
  spec?: { displayName?: string };
  status?: { connectionState?: { lastObservedState?: string } };
}

export interface OperatorGroupObject extends ApiObject {
  spec?: { targetNamespaces?: string[] };
  status?: { namespaces?: string[] };
}

/** Name of the InstallPlan that a Subscription waits for or was installed by. */
export function planNameOf({ status }: SubscriptionObject): string | undefined {
  return status?.installPlanRef?.name || status?.installplan?.name || undefined;
}

/**
 * Whether a ClusterServiceVersion is only the shadow of one in another namespace: OLM copies those of
 * cluster-wide operators everywhere, and a copy says nothing of what runs in its namespace.
 */
export function isCopied({ metadata, status }: ClusterServiceVersionObject): boolean {
  return metadata.labels?.['olm.copiedFrom'] !== undefined || status?.reason === 'Copied';
}

/** The namespaces that an OperatorGroup watches; empty means all, which OLM also writes as `""`. */
export function targetNamespacesOf({ spec, status }: OperatorGroupObject): string[] {
  return (status?.namespaces ?? spec?.targetNamespaces ?? []).filter((namespace) => namespace !== '');
}
