import type { KubeObject } from '../client/types.ts';
import type { Rbac } from './auth/rbac.ts';
import type { AdmissionPlugin, UserInfo } from './extension.ts';
import type { Negotiated } from './negotiate.ts';
import type { Registry } from './registry.ts';
import type { RequestInfo } from './request-info.ts';
import { groupVersion, type Resource } from './resource.ts';
import type { Store } from './store.ts';

/** What the handlers of one cluster share. */
export interface Core {
  store: Store;
  registry: Registry;
  rbac: Rbac;
  plugins: AdmissionPlugin[];
}

/** One authenticated, authorised request to a resource. */
export interface Call {
  core: Core;
  info: RequestInfo;
  resource: Resource;
  user: UserInfo;
  request: Request;
  accept: Negotiated;
  /** Texts for `Warning` headers of the answer. */
  warnings: string[];
}

/** A stored object as one version of its resource shows it (conversion strategy None: only `apiVersion` differs). */
export function present(resource: Resource, object: KubeObject): KubeObject {
  const apiVersion = groupVersion(resource);
  if (object.apiVersion === apiVersion) return object;
  return { ...object, apiVersion, kind: resource.kind };
}

/** The stored objects of the resource that a request is about. */
export function collectionOf(call: Call) {
  const { group, resource } = call.resource.storage;
  return call.core.store.collection(group, resource);
}

/** The key of an object in its collection: `namespace/name`, or the name alone where there are no namespaces. */
export function keyIn(resource: Resource, namespace: string | undefined, name: string): string {
  return resource.namespaced && namespace ? `${namespace}/${name}` : name;
}
