import { expect } from 'vitest';
import { buildForm } from './build-form';
import { formDataOf, withFormData } from './form-data';
import { formSchemaOf } from './form-schema';

const words = (...list: string[]) => list.map((word) => `urn:alm:descriptor:${word}`);
/** A capability of the console's own vocabulary, without the prefix that every descriptor has. */
export const ui = (word: string) => `com.tectonic.ui:${word}`;
/** A descriptor as a ModuleConfig has it. */
export const field = (path: string, ...list: string[]) => ({ path, 'x-descriptors': words(...list) });
/** The form of an installation, in English. */
export const deploy = (config: unknown, ...deployDescriptors: unknown[]) =>
  buildForm({ config, deployDescriptors }, 'deploy', 'en');

/** Types into a field as the form library would. */
export function type(
  form: ReturnType<typeof buildForm>,
  value: Record<string, unknown>,
  key: string,
  entered: unknown,
) {
  const data = structuredClone(formDataOf(form, value));
  const put = (node: Record<string, unknown>): boolean => {
    const schema = formSchemaOf(form, value).schema;
    const walk = (at: Record<string, unknown>, properties: Record<string, unknown>): boolean => {
      if (Object.hasOwn(properties, key)) {
        at[key] = entered;
        return true;
      }
      return Object.entries(properties).some(([name, inner]) => {
        const below = (inner as { properties?: Record<string, unknown> }).properties;
        if (!below || (!name.startsWith('group:') && name !== 'advanced')) return false;
        at[name] ??= {};
        return walk(at[name] as Record<string, unknown>, below);
      });
    };
    return walk(node, schema.properties as Record<string, unknown>);
  };
  expect(put(data), `${key} is shown`).toBe(true);
  return withFormData(form, value, data);
}
