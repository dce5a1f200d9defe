import { z } from 'zod';

export const formErrorCodes = [
  'required',
  'type',
  'yaml',
  'quantity',
  'choice',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'pattern',
] as const;

/** What is wrong with one field of a configuration; `messages/` has a sentence for each code. */
export const fieldErrorSchema = z.object({
  label: z.string(),
  code: z.enum(formErrorCodes),
  /** The bound or the pattern that is not kept. */
  limit: z.union([z.number(), z.string()]).optional(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** What a form is made of: the part of a ModuleConfig that the form's rules read. */
export const formDefinitionSchema = z.object({
  config: z.unknown().optional(),
  deployDescriptors: z.unknown().optional(),
  editDescriptors: z.unknown().optional(),
  upgradeDescriptors: z.unknown().optional(),
  /** Of it, the sizes that one can choose from. */
  uiContext: z.unknown().optional(),
});
export type FormDefinition = z.infer<typeof formDefinitionSchema>;

export const pluginFormSchema = z.object({
  version: z.string(),
  definition: formDefinitionSchema,
  /** Of the installed version where that is another one, to tell what changed. */
  installedDefinition: formDefinitionSchema.optional(),
});
export type PluginFormAnswer = z.infer<typeof pluginFormSchema>;

/** What a form's picker offers. */
export const resourceOptionListSchema = z.object({
  items: z.array(z.object({ name: z.string(), namespace: z.string().optional() })),
  /** True when there are more than are offered. */
  truncated: z.boolean(),
});
