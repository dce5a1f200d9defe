import type { LifeCycle } from '../contract';
import { LIFECYCLE_TYPE } from './labels';
import type { ApiObject } from './objects';

/**
 * How a plugin is maintained and upgraded. The label is written in any case; a plugin without it, or
 * with a value that the platform does not define, is Agnostic (product document, "Cluster plugin life
 * cycle values").
 * @param objects the plugin's objects, the one that is asked first at the front
 */
export function lifeCycleOf(objects: readonly (ApiObject | undefined)[]): LifeCycle {
  for (const object of objects) {
    const label = object?.metadata.labels?.[LIFECYCLE_TYPE]?.trim().toLowerCase();
    if (label === 'core') return 'Core';
    if (label === 'aligned') return 'Aligned';
    if (label === 'agnostic') return 'Agnostic';
  }
  return 'Agnostic';
}
