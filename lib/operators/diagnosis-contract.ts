import { z } from 'zod';
import { partialSchema } from '@/lib/http/contract';
import { namespaceNameSchema, objectNameSchema } from '@/lib/http/names';
import { stuckSchema } from './installed-contract';

/** What can be done against a cause; `messages/` has a word for each, as `diagnosis.action.<id>`. */
export const actionIds = [
  'reviewPlan',
  'cleanUpPlan',
  'createOperatorGroup',
  'deleteOperatorGroup',
  'changeOperatorGroup',
  'changeChannel',
  'dropStartingVersion',
  'changeCatalog',
  'restartCatalog',
  'deleteCatalog',
  'findDependency',
  'deleteClusterServiceVersion',
  'retryUnpack',
  'reinstall',
  'showSubscription',
  'showEvents',
  'uninstall',
] as const;

/** Sentences about what to do: `messages/` has one for each, as `diagnosis.todo.<key>`. */
export const todoKeys = [
  'nothing',
  'wait',
  'overdue',
  'approve',
  'approveTogether',
  'otherPlan',
  'otherSubscription',
  'createGroup',
  'oneGroup',
  'mode',
  'servedElsewhere',
  'fixedApis',
  'package',
  'channel',
  'version',
  'catalog',
  'otherCatalog',
  'dependency',
  'orphan',
  'conflict',
  'unpack',
  'unpackRetries',
  'subscribeAgain',
  'leftPlan',
  'stalledPlan',
  'failedPlan',
  'apiGone',
  'storedVersion',
  'existingObjects',
  'webhook',
  'webhookDown',
  'quota',
  'quotaUnspecified',
  'olmRight',
  'requiredApi',
  'unservedDefinition',
  'requiredRight',
  'kubernetes',
  'imagePull',
  'crash',
  'memory',
  'configuration',
  'room',
  'volume',
  'refused',
  'upgradeBlocked',
  'failed',
] as const;

/** One write of a cure, so that it can be shown and its permission asked for beforehand. */
const changeSchema = z.object({
  verb: z.enum(['create', 'delete', 'patch']),
  group: z.string(),
  resource: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
});

export const actionSchema = z.object({
  id: z.enum(actionIds),
  /** Nothing that runs is stopped or lost by it. */
  safe: z.boolean(),
  /** What it is done to, where one cause has the same action several times: an OperatorGroup, a catalog. */
  target: z.string(),
  /** What its words name. */
  values: z.record(z.string(), z.string()),
  /** What it writes; empty for one that only leads to another page. */
  changes: z.array(changeSchema),
});
export type CureAction = z.infer<typeof actionSchema>;

/** Why one installation is where it is, after the closest look. */
export const diagnosisSchema = stuckSchema.extend({
  /** It runs, or is on its way in good time. */
  well: z.boolean(),
  todo: z.enum(todoKeys),
  /** The field of the object that says so. */
  field: z.string().optional(),
  /** How many seconds this usually takes, where it ends by itself. */
  usual: z.number().optional(),
  actions: z.array(actionSchema),
  /** What the container wrote that keeps it, where the user may read it: foreign text. */
  log: z.object({ pod: z.string(), container: z.string(), text: z.string() }).optional(),
  /** How many objects of each kind were looked at. */
  looked: z.array(z.object({ kind: z.string(), count: z.number() })),
  partial: partialSchema,
});
export type InstallationDiagnosis = z.infer<typeof diagnosisSchema>;

export const installationKindSchema = z.enum(['Subscription', 'ClusterServiceVersion']);

/** One installation: a Subscription, or a ClusterServiceVersion that no Subscription heads for. */
export const installationRefSchema = z.object({
  namespace: namespaceNameSchema,
  name: objectNameSchema,
});
export const installationQuerySchema = z.object({ kind: installationKindSchema.default('Subscription') });
export type InstallationRef = z.infer<typeof installationRefSchema> & {
  kind: z.infer<typeof installationKindSchema>;
};

/** A cure that a diagnosis has offered. */
export const cureInputSchema = z.object({
  kind: installationKindSchema.default('Subscription'),
  id: z.enum(actionIds),
  target: z.string().max(600),
});
export type CureInput = z.infer<typeof cureInputSchema>;
export const curedSchema = z.object({ id: z.enum(actionIds), target: z.string() });
