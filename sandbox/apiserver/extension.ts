import type { KubeObject } from '../client/types.ts';

/** Who sends a request, as the authenticator found out. */
export interface UserInfo {
  username: string;
  uid?: string;
  groups: string[];
  extra?: Record<string, string[]>;
}

/** One row of a discovery document (`APIResource` of `APIResourceList`). */
export interface APIResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  kind: string;
  verbs: string[];
  group?: string;
  version?: string;
  shortNames?: string[];
  categories?: string[];
  storageVersionHash?: string;
}

/** A request to an aggregated API: already authenticated, authorised and taken apart. */
export interface AggregatedRequest {
  method: string;
  /** Kubernetes verb: get, list, watch, create, update, patch, delete, deletecollection. */
  verb: string;
  path: string;
  query: URLSearchParams;
  resource: string;
  subresource?: string | undefined;
  namespace?: string | undefined;
  name?: string | undefined;
  user: UserInfo;
  headers: Headers;
  /** The decoded body, when the request has one. */
  body?: unknown;
}

/** A group version that another program serves behind the API server (`apiregistration.k8s.io`). */
export interface AggregatedApi {
  group: string;
  version: string;
  resources: APIResource[];
  /** Answers everything under `/apis/<group>/<version>/` but discovery; may throw `ApiError` (see `status.ts`). */
  handle(request: AggregatedRequest): Promise<Response>;
  /** JSON schemas by kind for OpenAPI documents (`kubectl explain`). */
  schemas?: Record<string, Record<string, unknown>>;
  /** The service that the APIService object names; default `<group>` in `kube-system`. */
  service?: { namespace: string; name: string };
}

export interface AdmissionRequest {
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  group: string;
  version: string;
  resource: string;
  kind: string;
  subresource?: string | undefined;
  namespace?: string | undefined;
  name?: string | undefined;
  /** Absent for DELETE. A mutating plugin returns a changed copy, it never changes this one. */
  object?: KubeObject | undefined;
  /** Absent for CREATE. */
  oldObject?: KubeObject | undefined;
  dryRun: boolean;
  user: UserInfo;
}

/** Stands for a mutating or validating webhook. To refuse, throw `denied(plugin.name, message)` from `status.ts`. */
export interface AdmissionPlugin {
  name: string;
  mutate?(request: AdmissionRequest): Promise<KubeObject | undefined>;
  validate?(request: AdmissionRequest): Promise<void>;
}
