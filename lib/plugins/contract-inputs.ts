import { z } from 'zod';
import { clusterParamsSchema } from '@/lib/clusters/contract';
import { jsonObjectSchema } from '@/lib/http/json-object';
import { namespaceNameSchema, objectNameSchema } from '@/lib/http/names';

const versionSchema = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9]([-+.A-Za-z0-9_]*[A-Za-z0-9])?$/);

export const installPluginInputSchema = z.object({
  version: versionSchema,
  config: jsonObjectSchema.default({}),
  /** Values of charts, by chart: `{"<chart>": {…}}`. */
  valuesOverride: jsonObjectSchema.optional(),
});
export type InstallPluginInput = z.infer<typeof installPluginInputSchema>;

export const upgradePluginInputSchema = z.object({
  version: versionSchema,
  /** RFC 7396 over the installed configuration: keys that it does not name stay. */
  config: jsonObjectSchema.optional(),
  resourceVersion: z.string().max(128).optional(),
});
export type UpgradePluginInput = z.infer<typeof upgradePluginInputSchema>;

export const updatePluginInputSchema = z.object({
  /** RFC 7396 over the installed configuration: keys that it does not name stay, `null` removes. */
  config: jsonObjectSchema,
  resourceVersion: z.string().max(128).optional(),
});
export type UpdatePluginInput = z.infer<typeof updatePluginInputSchema>;

/** Which objects a form's picker offers. */
export const resourceOptionsQuerySchema = z.object({
  kind: z
    .string()
    .max(100)
    .regex(/^[A-Za-z][A-Za-z0-9.~-]*$/),
  global: z.enum(['true', 'false']).optional(),
  namespace: namespaceNameSchema.optional(),
  labelSelector: z.string().max(1000).optional(),
  fieldSelector: z.string().max(1000).optional(),
});
export type ResourceOptionsQuery = z.infer<typeof resourceOptionsQuerySchema>;

/** `cluster` and `name` of a plugin's routes. */
export const pluginParamsSchema = clusterParamsSchema.extend({ name: objectNameSchema });
export const pluginVersionParamsSchema = pluginParamsSchema.extend({ version: versionSchema });
