import { z } from 'zod';

export const clusterSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  /** The cluster on which the platform's own kinds live. */
  global: z.boolean(),
  labels: z.record(z.string(), z.string()),
  /** `gitVersion` of the API server, when it answers. */
  kubernetesVersion: z.string().optional(),
  platformVersion: z.string().optional(),
  health: z.enum(['Healthy', 'Unreachable', 'SignInNeeded']),
  /** Why it can't be used, as the network or the API server said it. */
  reason: z.string().optional(),
  /** How many have an upgrade waiting; a count that could not be had is left out. */
  upgrades: z.object({ operators: z.number().optional(), plugins: z.number().optional() }).optional(),
});
export type Cluster = z.infer<typeof clusterSchema>;
export const clusterListSchema = z.object({ items: z.array(clusterSchema) });
export type ClusterList = z.infer<typeof clusterListSchema>;

/** One question of a SelfSubjectAccessReview. */
export const accessQuestionSchema = z.object({
  verb: z
    .string()
    .regex(/^[a-z]+$/)
    .max(32),
  group: z
    .string()
    .regex(/^[a-z0-9.-]*$/)
    .max(253),
  resource: z
    .string()
    .regex(/^[a-z0-9]+$/)
    .max(253),
  namespace: z
    .string()
    .regex(/^[a-z0-9-]*$/)
    .max(63)
    .optional(),
});
export type AccessQuestion = z.infer<typeof accessQuestionSchema>;
export const accessInputSchema = z.object({ questions: z.array(accessQuestionSchema).min(1).max(50) });
export const accessAnswerSchema = accessQuestionSchema.extend({
  allowed: z.boolean(),
  reason: z.string().optional(),
});
export type AccessAnswer = z.infer<typeof accessAnswerSchema>;
export const accessListSchema = z.object({ items: z.array(accessAnswerSchema) });

/** `cluster` of a route: a name to be looked up, never built into an address. */
export const clusterParamsSchema = z.object({ cluster: z.string().min(1).max(512) });
