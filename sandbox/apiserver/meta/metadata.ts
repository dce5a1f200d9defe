import type { KubeObject, ObjectMeta } from '../../client/types.ts';
import { isObject } from '../json.ts';
import type { Resource } from '../resource.ts';
import { jsonType } from '../schema/go-decode.ts';
import { type FieldError, forbiddenField, invalidValue, required, UndecodableError } from '../status.ts';
import { labelValueProblems, nameProblems, qualifiedNameProblems } from './names.ts';

const maxAnnotationBytes = 256 * 1024;

/**
 * Takes metadata as a client sent it and keeps what ObjectMeta knows, with the right types.
 * @throws UndecodableError when a field has the wrong type
 */
export function readMetadata(object: unknown, unknown: string[]): ObjectMeta {
  if (object === undefined || object === null) return {};
  if (!isObject(object)) throw wrongType(object, 'metadata', 'v1.ObjectMeta');
  const metadata: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const shape = shapes.get(key);
    if (!shape) {
      if (key !== 'selfLink' && key !== 'clusterName') unknown.push(`metadata.${key}`);
      continue;
    }
    if (value === null || value === undefined) continue;
    if (!shape.fits(value)) {
      throw wrongType(wrongPart(value, shape.type), `metadata.${key}`, shape.type);
    }
    // Go writes no empty maps and lists.
    if (typeof value === 'object' && Object.keys(value).length === 0) continue;
    metadata[key] = value;
  }
  return metadata as ObjectMeta;
}

const isString = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';
const isStrings = (value: unknown) => isObject(value) && Object.values(value).every(isString);
const isList = (item: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(item);

const shapes = new Map<string, { fits: (value: unknown) => boolean; type: string }>([
  ...['name', 'generateName', 'namespace', 'uid', 'resourceVersion'].map(
    (key) => [key, { fits: isString, type: 'string' }] as const,
  ),
  ...['creationTimestamp', 'deletionTimestamp'].map(
    (key) => [key, { fits: isString, type: 'time.Time' }] as const,
  ),
  ...['generation', 'deletionGracePeriodSeconds'].map(
    (key) => [key, { fits: isNumber, type: 'int64' }] as const,
  ),
  ...['labels', 'annotations'].map((key) => [key, { fits: isStrings, type: 'string' }] as const),
  ['finalizers', { fits: isList(isString), type: 'string' }],
  ['ownerReferences', { fits: isList(isObject), type: '[]v1.OwnerReference' }],
  ['managedFields', { fits: isList(isObject), type: '[]v1.ManagedFieldsEntry' }],
]);

/** Of a map or a list of the right form, the member that is not. */
function wrongPart(value: unknown, type: string): unknown {
  if (type !== 'string' || typeof value !== 'object' || value === null) return value;
  return Object.values(value).find((member) => typeof member !== 'string') ?? value;
}

function wrongType(value: unknown, path: string, expected: string): UndecodableError {
  const actual = jsonType(value);
  return new UndecodableError(
    `json: cannot unmarshal ${actual} into Go struct field ObjectMeta.${path} of type ${expected}`,
    expected,
    actual,
  );
}

/** Checks metadata of an object to be stored (`k8s.io/apimachinery/pkg/api/validation.ValidateObjectMeta`). */
export function validateMetadata(
  object: KubeObject,
  resource: Resource,
  old: KubeObject | undefined,
): FieldError[] {
  const { metadata } = object;
  const errors: FieldError[] = [];
  const { name = '' } = metadata;
  if (!name) errors.push(required('metadata.name', 'name or generateName is required'));
  else if (!old)
    errors.push(
      ...nameProblems(name, resource.nameRule).map((text) => invalidValue('metadata.name', name, text)),
    );
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    errors.push(...qualifiedNameProblems(key).map((text) => invalidValue('metadata.labels', key, text)));
    errors.push(...labelValueProblems(value).map((text) => invalidValue('metadata.labels', value, text)));
  }
  let size = 0;
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
    errors.push(
      ...qualifiedNameProblems(key.toLowerCase()).map((text) =>
        invalidValue('metadata.annotations', key, text),
      ),
    );
    size += key.length + value.length;
  }
  if (size > maxAnnotationBytes) {
    const message = `Too long: may not be more than ${maxAnnotationBytes} bytes`;
    errors.push({ field: 'metadata.annotations', reason: 'FieldValueTooLong', message });
  }
  errors.push(...ownerErrors(metadata), ...finalizerErrors(metadata, old?.metadata));
  return errors;
}

function ownerErrors(metadata: ObjectMeta): FieldError[] {
  const errors: FieldError[] = [];
  (metadata.ownerReferences ?? []).forEach((owner, index) => {
    const path = `metadata.ownerReferences[${index}]`;
    for (const field of ['apiVersion', 'kind', 'name', 'uid'] as const) {
      if (!owner[field])
        errors.push(
          invalidValue(
            `${path}.${field}`,
            owner[field] ?? '',
            `${field === 'apiVersion' ? 'version' : field} must not be empty`,
          ),
        );
    }
  });
  const controllers = (metadata.ownerReferences ?? []).filter(({ controller }) => controller === true);
  if (controllers.length > 1) {
    errors.push(
      invalidValue(
        'metadata.ownerReferences',
        metadata.ownerReferences,
        'Only one reference can have Controller set to true',
      ),
    );
  }
  return errors;
}

function finalizerErrors(metadata: ObjectMeta, old: ObjectMeta | undefined): FieldError[] {
  const errors = (metadata.finalizers ?? []).flatMap((finalizer, index) =>
    qualifiedNameProblems(finalizer).map((text) =>
      invalidValue(`metadata.finalizers[${index}]`, finalizer, text),
    ),
  );
  if (!old?.deletionTimestamp) return errors;
  const added = (metadata.finalizers ?? []).filter((finalizer) => !old.finalizers?.includes(finalizer));
  if (added.length === 0) return errors;
  const listed = added.map((finalizer) => JSON.stringify(finalizer)).join(', ');
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${listed}}`;
  return [...errors, forbiddenField('metadata.finalizers', why)];
}
