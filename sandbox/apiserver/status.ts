import type { Status, StatusCause } from '../client/types.ts';

/** Names a resource the way error messages do: `subscriptions.operators.coreos.com`. */
export interface GroupResource {
  group: string;
  resource: string;
}

/** A failure with the `Status` that the client is to see. Wording follows `k8s.io/apimachinery/pkg/api/errors`. */
export class ApiError extends Error {
  readonly status: Status;
  readonly headers: Record<string, string>;

  constructor(
    code: number,
    reason: string | undefined,
    message: string,
    details?: Status['details'],
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason ? { reason } : {}),
      ...(details ? { details } : {}),
      code,
    };
    this.headers = headers;
  }

  get code(): number {
    return this.status.code ?? 500;
  }
}

/** A value that Go's decoder does not take: what that means for the request, its handler knows. */
export class UndecodableError extends Error {
  constructor(
    message: string,
    /** The Go type that the value was to become, and what JSON calls it. */
    readonly expected: string,
    readonly actual: string,
  ) {
    super(message);
  }
}

/** `plural.group`, or `plural` alone for the core group. */
export function qualified({ group, resource }: GroupResource): string {
  return group === '' ? resource : `${resource}.${group}`;
}

function detailsOf({ group, resource }: GroupResource, name?: string) {
  return { ...(name ? { name } : {}), ...(group ? { group } : {}), kind: resource };
}

/** 404: there is no such object. */
export function notFound(resource: GroupResource, name: string): ApiError {
  return new ApiError(
    404,
    'NotFound',
    `${qualified(resource)} "${name}" not found`,
    detailsOf(resource, name),
  );
}

/** 409: the name is taken. */
export function alreadyExists(resource: GroupResource, name: string): ApiError {
  const message = `${qualified(resource)} "${name}" already exists`;
  return new ApiError(409, 'AlreadyExists', message, detailsOf(resource, name));
}

/** A write that lost a race; without `why`, the usual stale `resourceVersion`. */
export function conflict(resource: GroupResource, name: string, why?: string): ApiError {
  const because =
    why ?? 'the object has been modified; please apply your changes to the latest version and try again';
  const message = `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${because}`;
  return new ApiError(409, 'Conflict', message, detailsOf(resource, name));
}

/** 400 with the reason. */
export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function forbidden(
  resource: GroupResource,
  name: string | undefined,
  why: string,
  causes?: StatusCause[],
): ApiError {
  const subject = name ? `${qualified(resource)} "${name}"` : qualified(resource);
  const details = { ...detailsOf(resource, name), ...(causes ? { causes } : {}) };
  return new ApiError(403, 'Forbidden', `${subject} is forbidden: ${why}`, details);
}

/** What an admission webhook's refusal looks like to the client. */
export function denied(webhook: string, message: string): ApiError {
  return new ApiError(403, 'Forbidden', `admission webhook "${webhook}" denied the request: ${message}`);
}

/** One broken field. `message` begins with the kind of error, e.g. `Required value`. */
export interface FieldError {
  field: string;
  reason:
    | 'FieldValueRequired'
    | 'FieldValueInvalid'
    | 'FieldValueNotSupported'
    | 'FieldValueForbidden'
    | 'FieldValueDuplicate'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany'
    | 'FieldValueTypeInvalid'
    | 'FieldValueNotFound';
  message: string;
}

/** `subject` is a kind or, for a few checks of the generic registry, a plural (as the real server words them). */
export function invalid(subject: GroupResource, name: string, errors: FieldError[]): ApiError {
  const seen = new Set<string>();
  const unique = errors
    .map(({ field, message }) => `${field}: ${message}`)
    .filter((text) => {
      if (seen.has(text)) return false;
      seen.add(text);
      return true;
    });
  const text = unique.length === 1 ? unique[0] : `[${unique.join(', ')}]`;
  const message = `${qualified(subject)} "${name}" is invalid: ${text}`;
  const causes = errors.map(({ reason, message: cause, field }) => ({ reason, message: cause, field }));
  return new ApiError(422, 'Invalid', message, {
    ...(name ? { name } : {}),
    ...(subject.group ? { group: subject.group } : {}),
    ...(subject.resource ? { kind: subject.resource } : {}),
    causes,
  });
}

/** 405: the resource has no such verb. */
export function methodNotSupported(resource: GroupResource, verb: string): ApiError {
  const message = `${verb} is not supported on resources of kind "${qualified(resource)}"`;
  return new ApiError(405, 'MethodNotAllowed', message, detailsOf(resource));
}

/** 405: the path has no such method. */
export function methodNotAllowed(): ApiError {
  return new ApiError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

/** A watch or list from a revision that is no longer kept. */
export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}

/** `field: Required value` */
export function required(field: string, detail = ''): FieldError {
  return {
    field,
    reason: 'FieldValueRequired',
    message: detail ? `Required value: ${detail}` : 'Required value',
  };
}

/** `field: Invalid value: <value>: <detail>`, the value written as JSON the way Go prints it. */
export function invalidValue(field: string, value: unknown, detail: string): FieldError {
  return { field, reason: 'FieldValueInvalid', message: `Invalid value: ${shown(value)}: ${detail}` };
}

/** A field whose value is none of those that are allowed. */
export function notSupported(field: string, value: unknown, allowed: unknown[]): FieldError {
  const list = allowed.map(shown).join(', ');
  return {
    field,
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${shown(value)}: supported values: ${list}`,
  };
}

/** A field that must not be set, or not so. */
export function forbiddenField(field: string, detail: string): FieldError {
  return { field, reason: 'FieldValueForbidden', message: `Forbidden: ${detail}` };
}

/** A value as error messages print it: JSON, so strings are quoted; undefined is `null`. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const text = JSON.stringify(value) ?? 'null';
  return text.length > 4096 ? `${text.slice(0, 4096)}...` : text;
}
