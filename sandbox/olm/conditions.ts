import type { Condition } from './api.ts';

/** Puts `condition` in place of the one of its type, or at the end; true when that changed anything but times. */
export function setCondition(conditions: Condition[], condition: Condition): boolean {
  const index = conditions.findIndex((it) => it.type === condition.type);
  const old = conditions[index];
  if (!old) {
    conditions.push(condition);
    return true;
  }
  const same =
    old.status === condition.status && old.reason === condition.reason && old.message === condition.message;
  if (!same) conditions[index] = condition;
  return !same;
}

/** True when one of these types was there. */
export function dropConditions(conditions: Condition[], ...types: string[]): boolean {
  const before = conditions.length;
  for (let index = before - 1; index >= 0; index--) {
    if (types.includes(conditions[index]?.type ?? '')) conditions.splice(index, 1);
  }
  return conditions.length !== before;
}
