import type { KubeObject } from '../../client/types.ts';
import { at, isObject } from '../json.ts';
import { badRequest, type FieldError, invalidValue } from '../status.ts';
import { isWhole, parseQuantity } from './quantity.ts';
import { countedResource } from './usage.ts';

const quantityForm =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** Rules of `spec.hard` (`ValidateResourceQuotaSpec`). @throws 400 for what is no quantity */
export function validateQuota(quota: KubeObject): FieldError[] {
  const hard = at(quota, 'spec', 'hard');
  return Object.entries(isObject(hard) ? hard : {}).flatMap(([name, value]) => {
    const field = `spec.hard[${name}]`;
    const quantity = parseQuantity(value);
    if (!quantity) throw notAQuantity('ResourceQuota');
    const errors: FieldError[] = [];
    if (!name.includes('/') && !countedResource(name))
      errors.push(invalidValue(field, name, 'must be a standard resource for quota'));
    if (quantity.nanos < 0n)
      errors.push(invalidValue(field, String(value), 'must be greater than or equal to 0'));
    const isCount = !/^(requests\.|limits\.|cpu$|memory$|ephemeral-storage$)|requests\.storage$/.test(name);
    if (isCount && !isWhole(quantity)) errors.push(invalidValue(field, String(value), 'must be an integer'));
    return errors;
  });
}

/** Requests and limits of one container (`ValidateContainerResourceRequirements`). @throws 400 for what is no quantity */
export function validateContainerResources(container: unknown, path: string, kind: string): FieldError[] {
  const requests = quantities(container, 'requests', kind);
  const limits = quantities(container, 'limits', kind);
  return Object.entries(requests).flatMap(([name, { text, nanos }]) => {
    const limit = limits[name];
    if (!limit || nanos <= limit.nanos) return [];
    const problem = `must be less than or equal to ${name} limit of ${limit.text}`;
    return [invalidValue(`${path}.resources.requests`, text, problem)];
  });
}

function quantities(container: unknown, field: string, kind: string) {
  const values = at(container, 'resources', field);
  const read: Record<string, { text: string; nanos: bigint }> = {};
  for (const [name, value] of Object.entries(isObject(values) ? values : {})) {
    const quantity = parseQuantity(value);
    if (!quantity) throw notAQuantity(kind);
    read[name] = { text: String(value), nanos: quantity.nanos };
  }
  return read;
}

function notAQuantity(kind: string) {
  return badRequest(`${kind} in version "v1" cannot be handled as a ${kind}: ${quantityForm}`);
}
