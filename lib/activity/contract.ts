import { z } from 'zod';
import { partialSchema } from '@/lib/http/contract';

/** One field that a write was about; values are told only where they can't be secret. */
const changeSchema = z.object({
  path: z.string().max(300),
  before: z.string().max(300).optional(),
  after: z.string().max(300).optional(),
});
export type FieldChange = z.infer<typeof changeSchema>;

export const activityActions = ['Created', 'Approved', 'Changed', 'Deleted'] as const;

/** What an Event of the console carries in an annotation. */
export const writeRecordSchema = z.object({
  user: z.string().max(300),
  /** The cluster that it was about, which for plugins is not the one that was written to. */
  cluster: z.string().max(512),
  action: z.enum(activityActions),
  /** The plugin of an installation, the ClusterServiceVersions of a plan: their own names are made by machines. */
  about: z.string().max(300).optional(),
  changes: z.array(changeSchema).max(20),
  /** Why the cluster refused it. */
  error: z.string().max(1000).optional(),
  time: z.iso.datetime(),
});
export type WriteRecord = z.infer<typeof writeRecordSchema>;

export const activitySchema = writeRecordSchema.extend({
  id: z.string(),
  object: z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() }),
});
export type Activity = z.infer<typeof activitySchema>;
export const activityListSchema = z.object({
  items: z.array(activitySchema),
  partial: partialSchema,
});
export type ActivityList = z.infer<typeof activityListSchema>;
