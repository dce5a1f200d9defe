import { randomUUID } from 'node:crypto';
import { KubeClient } from '../client/kube-client.ts';
import type { KubeObject } from '../client/types.ts';
import { now } from '../now.ts';
import { apiService } from './api-service.ts';
import { authenticate, type TokenTable } from './auth/authenticate.ts';
import { bootstrapObjects } from './auth/bootstrap.ts';
import { forbiddenRequest } from './auth/forbidden.ts';
import { impersonate } from './auth/impersonate.ts';
import { type Attributes, Rbac, rbacGroup } from './auth/rbac.ts';
import { readDecoded } from './body.ts';
import type { Core } from './core.ts';
import { watchDefinitions } from './crd/watch-definitions.ts';
import { discover, discoveryForms } from './discovery.ts';
import type { AdmissionPlugin, AggregatedApi, UserInfo } from './extension.ts';
import { negotiate, pageNotFound, respond, respondError } from './negotiate.ts';
import { openApiV2, openApiV3 } from './openapi.ts';
import { Registry } from './registry.ts';
import { type RequestInfo, requestInfo } from './request-info.ts';
import { handleResource } from './rest/handle.ts';
import { Store } from './store.ts';
import { type VersionInfo, versionInfo } from './version.ts';

export interface ApiServerOptions {
  /** Who bearer tokens belong to. */
  tokens?: TokenTable;
  /** What `/version` tells; `v1.33.5` when absent. */
  gitVersion?: string;
}

/**
 * A Kubernetes API server over an in-memory store: `handle` is all of it, a socket can be put before it.
 * It knows Kubernetes' conventions and kinds, and nothing of what runs on a cluster.
 */
export class ApiServer {
  readonly #core: Core;
  readonly #tokens: TokenTable;
  readonly #version: VersionInfo;
  /** Known to this process only: whoever presents it is `system:masters`. */
  readonly #ownToken = randomUUID();

  constructor(options: ApiServerOptions = {}) {
    const store = new Store();
    this.#core = { store, registry: new Registry(store), rbac: new Rbac(store), plugins: [] };
    this.#version = versionInfo(options.gitVersion ?? 'v1.33.5');
    const own: UserInfo = { username: 'system:admin', groups: ['system:masters'] };
    this.#tokens = (token) => (token === this.#ownToken ? own : options.tokens?.(token));
    this.#bootstrap();
    watchDefinitions(this.#core, (group, resource, object) => this.#put(group, resource, object));
  }

  /**
   * Answers one request; failures are answers too. What follows `base` is a path of this cluster (`/api/…`, `/apis/…`).
   */
  async handle(request: Request, base = ''): Promise<Response> {
    try {
      return await this.#route(request, base);
    } catch (error) {
      return respondError(error);
    }
  }

  /** Serves a group version by another program; its APIService object appears too. */
  registerAggregatedApi(api: AggregatedApi): void {
    this.#core.registry.addAggregated(api);
    const service = api.service ?? { namespace: 'kube-system', name: api.group.replaceAll('.', '-') };
    this.#put('apiregistration.k8s.io', 'apiservices', apiService(api, service));
  }

  addAdmission(plugin: AdmissionPlugin): void {
    this.#core.plugins.push(plugin);
  }

  /** A client in this process with all rights; `userAgent` becomes the field manager of what it writes. */
  client(userAgent: string): KubeClient {
    return new KubeClient((request) => this.handle(request), { token: this.#ownToken, userAgent });
  }

  /** Forgets the history of changes, as an etcd compaction does: older resource versions answer 410. */
  compact(): void {
    this.#core.store.compact();
  }

  /** Whether a bearer token may do something here; used where the platform filters by the user's rights. */
  userOf(headers: Headers): UserInfo {
    return authenticate(headers, this.#tokens);
  }

  /** Whether the user may do anything here beyond what every signed-in user may (discovery and asking about oneself). */
  hasRights(user: UserInfo): boolean {
    return this.#core.rbac.grantsBeyondBasics(user);
  }

  async #route(request: Request, base: string): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.slice(base.length).replace(/\/{2,}/g, '/') || '/';
    const info = requestInfo(request.method, url, path);
    const caller = authenticate(request.headers, this.#tokens);
    const user = impersonate(request.headers, caller, this.#core.rbac);
    this.#authorize(info, user);
    if (info.isResource) return this.#resource(request, info, user);
    if (request.method !== 'GET' && request.method !== 'HEAD') return pageNotFound();
    return this.#page(request, path);
  }

  #authorize(info: RequestInfo, user: UserInfo): void {
    const attributes: Attributes = {
      user,
      verb: info.verb,
      isResource: info.isResource,
      group: info.group,
      resource: info.resource,
      subresource: info.subresource,
      namespace: info.namespace,
      name: info.name ?? info.selectedName,
      path: info.path,
    };
    const { allowed, reason } = this.#core.rbac.authorize(attributes);
    if (!allowed) throw forbiddenRequest({ ...attributes, name: info.name ?? info.selectedName }, reason);
  }

  async #resource(request: Request, info: RequestInfo, user: UserInfo): Promise<Response> {
    const api = this.#core.registry.aggregated(info.group, info.version);
    if (!api) return handleResource(this.#core, request, info, user, this.#tokens);
    const { method, verb, path, query, resource, subresource, namespace, name } = info;
    const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
    const body = hasBody ? await readDecoded(request, resource) : undefined;
    return api.handle({
      method,
      verb,
      path,
      query,
      resource,
      subresource,
      namespace,
      name,
      user,
      headers: request.headers,
      body,
    });
  }

  #page(request: Request, path: string): Response {
    const { registry } = this.#core;
    const accept = request.headers.get('accept');
    if (path === '/version' || path === '/version/') return respond(this.#version);
    if (/^\/(healthz|livez|readyz)(\/|$)/.test(path)) return healthOf(request, path);
    if (path === '/api' || path === '/apis' || /^\/apis?\//.test(path)) {
      return discover(
        path.replace(/\/$/, ''),
        registry,
        negotiate(accept, discoveryForms),
        new URL(request.url).host,
      );
    }
    if (path === '/openapi/v2') {
      return openApiV2(registry, accept);
    }
    if (path === '/openapi/v3' || path.startsWith('/openapi/v3/')) return openApiV3(registry, path);
    if (path === '/' || path === '')
      return respond({
        paths: ['/api', '/apis', '/healthz', '/livez', '/openapi/v2', '/openapi/v3', '/readyz', '/version'],
      });
    return pageNotFound();
  }

  /** Roles, bindings and namespaces that exist before anyone asks. */
  #bootstrap(): void {
    const { clusterRoles, clusterRoleBindings } = bootstrapObjects();
    for (const role of clusterRoles) this.#put(rbacGroup, 'clusterroles', role);
    for (const binding of clusterRoleBindings) this.#put(rbacGroup, 'clusterrolebindings', binding);
    for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system']) {
      const labels = { 'kubernetes.io/metadata.name': name };
      const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
      this.#put('', 'namespaces', {
        ...namespace,
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      });
    }
    for (const version of new Set(
      this.#core.registry.all().map((resource) => `${resource.version}.${resource.group}`),
    )) {
      const [, name = '', group = ''] = /^([^.]+)\.(.*)$/.exec(version) ?? [];
      // The aggregator does not register itself.
      if (group === 'apiregistration.k8s.io') continue;
      this.#put('apiregistration.k8s.io', 'apiservices', apiService({ group, version: name }, undefined));
    }
  }

  #put(group: string, resource: string, object: KubeObject): void {
    const metadata = { ...object.metadata, uid: randomUUID(), creationTimestamp: now() };
    this.#core.store.put(group, resource, { ...object, metadata });
  }
}

/** `ok`, or with `?verbose` what was looked at. */
function healthOf(request: Request, path: string): Response {
  const [, name = '', check] = path.split('/');
  const isVerbose = check === undefined && new URL(request.url).searchParams.has('verbose');
  const lines = ['ping', 'log', 'etcd'].map((each) => `[+]${each} ok\n`).join('');
  const text = isVerbose ? `${lines}${name} check passed\n` : 'ok';
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
