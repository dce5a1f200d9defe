import { z } from 'zod';
import { namespaceNameSchema, objectNameSchema } from '@/lib/http/names';
import { approvalStrategySchema } from './contract';

export const subscriptionChangeInputSchema = z
  .object({
    namespace: namespaceNameSchema,
    name: objectNameSchema,
    channel: z.string().min(1).max(253).optional(),
    approval: approvalStrategySchema.optional(),
  })
  .refine(({ channel, approval }) => channel !== undefined || approval !== undefined, {
    error: 'name a channel, an approval strategy, or both',
  });
export type SubscriptionChangeInput = z.infer<typeof subscriptionChangeInputSchema>;

/** What follows from a change of a Subscription; `messages/` has a sentence for each. */
export const changeEffects = [
  'NothingChanges',
  'ChannelDeprecated',
  'VersionDeprecated',
  'PackageDeprecated',
  'NeverDowngrades',
  'NoPathKnown',
  'UpgradesByHand',
  'UpgradesAtOnce',
  'InstallsByHand',
  'InstallsAtOnce',
  'UpToDate',
  'StartingVersionDropped',
  'WaitingPlanStays',
  'WaitingPlanReplaced',
  'UpgradesTogether',
  'BehavesAsManual',
  'MakesOthersManual',
  'FreesOthers',
  'NeighboursUnknown',
] as const;
export const changeEffectSchema = z.object({
  code: z.enum(changeEffects),
  /** What the sentence names: versions, channels, other Subscriptions. */
  values: z.record(z.string(), z.string()),
});
export type ChangeEffect = z.infer<typeof changeEffectSchema>;

export const subscriptionChangeSchema = z.object({
  dryRun: z.boolean(),
  namespace: z.string(),
  name: z.string(),
  channel: z.string(),
  approval: approvalStrategySchema,
  effects: z.array(changeEffectSchema),
});
export type SubscriptionChange = z.infer<typeof subscriptionChangeSchema>;

/** The ClusterServiceVersion at which an upgrade is to end that is approved hop by hop; `null` ends it here. */
export const upgradeAimInputSchema = z.object({
  namespace: namespaceNameSchema,
  name: objectNameSchema,
  to: z.string().min(1).max(253).nullable(),
});
export type UpgradeAimInput = z.infer<typeof upgradeAimInputSchema>;
export const upgradeAimSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  to: z.string().nullable(),
});
