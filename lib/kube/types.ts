/** What the console reads of an object's metadata; everything else is kept as it came. */
export interface ObjectMeta {
  name: string;
  generateName?: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[];
}

/** Any object of a Kubernetes API, as JSON: typed clients drop fields that they do not know. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

/** A condition of an object's status. */
export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

/** An object on its way to the API server, which fills in the rest of its metadata. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: Pick<
    Partial<ObjectMeta>,
    'name' | 'generateName' | 'namespace' | 'labels' | 'annotations' | 'ownerReferences'
  >;
  [field: string]: unknown;
}

/** A resource by group, version and plural name; the core group is `''`. */
export interface ResourceRef {
  group: string;
  version: string;
  resource: string;
}

export interface KubeList<T extends KubeObject> {
  items: T[];
  /** Opaque; absent where the server gives none, as for PackageManifests. */
  resourceVersion?: string;
}

export type WatchEvent<T extends KubeObject> = { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T };

/** One operation of RFC 6902. */
export type JsonPatchOperation =
  | { op: 'test' | 'replace' | 'add'; path: string; value: unknown }
  | { op: 'remove'; path: string };
