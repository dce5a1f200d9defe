/** A request as the authorizer and the router see it (`k8s.io/apiserver/pkg/endpoints/request.RequestInfo`). */
export interface RequestInfo {
  path: string;
  query: URLSearchParams;
  method: string;
  isResource: boolean;
  verb: string;
  group: string;
  version: string;
  namespace?: string;
  resource: string;
  subresource?: string;
  name?: string;
  /** What follows the subresource, e.g. a path to proxy. */
  rest: string[];
  /** `fieldSelector=metadata.name=x` on a list or watch: RBAC's `resourceNames` apply to it. */
  selectedName?: string;
}

const methodVerbs: Record<string, string> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

const namespaceSubresources = new Set(['status', 'finalize']);

/** Takes method and URL apart. `path` must begin at `/api` or `/apis` of the cluster. */
export function requestInfo(method: string, url: URL, path: string): RequestInfo {
  const query = url.searchParams;
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodePart);
  const info: RequestInfo = {
    path,
    query,
    method,
    isResource: false,
    verb: method.toLowerCase(),
    group: '',
    version: '',
    resource: '',
    rest: [],
  };
  const [root] = parts;
  const rest = root === 'api' ? parts.slice(1) : root === 'apis' ? parts.slice(2) : [];
  // `/api`, `/api/v1`, `/apis/g`, `/apis/g/v` are discovery, authorised as paths.
  if (rest.length < 2) return info;
  info.isResource = true;
  info.group = root === 'apis' ? (parts[1] ?? '') : '';
  info.version = rest[0] ?? '';
  let tail = rest.slice(1);
  if (tail[0] === 'namespaces' && tail.length > 1 && tail[1] !== undefined) {
    info.namespace = tail[1];
    const third = tail[2];
    if (third !== undefined && !namespaceSubresources.has(third)) tail = tail.slice(2);
  }
  info.resource = tail[0] ?? '';
  if (tail[1] !== undefined) info.name = tail[1];
  if (tail[2] !== undefined) info.subresource = tail[2];
  info.rest = tail.slice(3);
  info.verb = verbOf(method, info.name, query);
  const selected = nameSelected(info.verb, query);
  if (selected !== undefined) info.selectedName = selected;
  return info;
}

function verbOf(method: string, name: string | undefined, query: URLSearchParams): string {
  const verb = methodVerbs[method] ?? method.toLowerCase();
  if (verb === 'get' && isTrue(query.get('watch'))) return 'watch';
  if (name !== undefined) return verb;
  if (verb === 'get') return 'list';
  if (verb === 'delete') return 'deletecollection';
  return verb;
}

function nameSelected(verb: string, query: URLSearchParams): string | undefined {
  if (verb !== 'list' && verb !== 'watch' && verb !== 'deletecollection') return undefined;
  return /^metadata\.name==?([^,!=]+)$/.exec(query.get('fieldSelector') ?? '')?.[1];
}

/** Go's strconv.ParseBool, with its habit that an empty value of a boolean parameter means true. */
export function isTrue(value: string | null): boolean {
  return value !== null && ['', '1', 't', 'T', 'true', 'TRUE', 'True'].includes(value);
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
