import { z } from 'zod';
import { namespaceNameSchema } from '@/lib/http/names';

/** Kinds whose changes reach the pages. */
export const liveKinds = [
  'Subscription',
  'InstallPlan',
  'ClusterServiceVersion',
  'CatalogSource',
  'OperatorGroup',
  'Namespace',
  'ArtifactVersion',
  'ModulePlugin',
  'ModuleConfig',
  'ModuleInfo',
] as const;
export const liveKindSchema = z.enum(liveKinds);
export type LiveKind = z.infer<typeof liveKindSchema>;

/** What changed, without the object: pages ask for what they show, in the shape that they show. */
export const changeSchema = z.object({
  kind: liveKindSchema,
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED']),
  namespace: z.string().optional(),
  name: z.string(),
  uid: z.string(),
});
export type Change = z.infer<typeof changeSchema>;

/** One message of the stream: several changes, or a gap after which everything has to be read again. */
export const liveMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('changes'), changes: z.array(changeSchema) }),
  z.object({ type: z.literal('gap') }),
]);
export type LiveMessage = z.infer<typeof liveMessageSchema>;

export const eventsQuerySchema = z.object({
  cluster: z.string().min(1).max(512),
  /** For users who may not watch the whole cluster: the namespace that they may. */
  namespace: namespaceNameSchema.optional(),
});
