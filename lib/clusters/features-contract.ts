import { z } from 'zod';
import { partialSchema } from '@/lib/http/contract';
import { namespaceNameSchema, objectNameSchema } from '@/lib/http/names';
import { operatorRefSchema, scopeQuerySchema } from '@/lib/operators/contract';
import { stuckSchema } from '@/lib/operators/installed-contract';
import { localizedTextSchema, riskSchema } from '@/lib/plugins/contract';

/** Why a component can't join a batch; `messages/` has a sentence for each, as `features.block.<code>`. */
export const blockCodes = [
  'upToDate',
  'notAlauda',
  'sourceUnknown',
  'catalogSilent',
  'foreignVersions',
  'automatic',
  'noPlan',
  'noSubscription',
  'notInstalled',
  'unsettled',
  'core',
  'obstacle',
  'dependency',
  'asks',
  'permission',
] as const;
export const blockSchema = z.object({ code: z.enum(blockCodes), values: z.record(z.string(), z.string()) });
export type Block = z.infer<typeof blockSchema>;

/** An InstallPlan as it was shown: only this one is approved. */
export const planPinSchema = z.object({
  name: objectNameSchema,
  uid: z.string().min(1).max(128),
  clusterServiceVersionNames: z.array(z.string().min(1).max(253)).min(1).max(200),
});

/** What of a component is sent back to upgrade it, and kept in a stored run. */
export const chosenComponentSchema = z.object({
  kind: z.enum(['operator', 'plugin']),
  /** Of the Subscription; plugins have none. */
  namespace: namespaceNameSchema.optional(),
  /** Of the Subscription, or of the plugin. */
  name: objectNameSchema,
  from: z.string().max(256).default(''),
  to: z.string().min(1).max(256),
  /** Without it, the plan is the one that waits when the run starts. */
  plan: planPinSchema.optional(),
  /** Refused where it names another cluster than the address does. */
  cluster: z.string().max(512).optional(),
});
export type ChosenComponent = z.infer<typeof chosenComponentSchema>;

/** A component that is installed on a cluster, and whether it can be upgraded in a batch. */
export const componentSchema = z.object({
  kind: z.enum(['operator', 'plugin']),
  namespace: z.string().optional(),
  name: z.string(),
  displayName: localizedTextSchema,
  /** The installed version, `''` where none is known. */
  from: z.string(),
  /** The version that waits, `''` for none. */
  to: z.string(),
  selectable: z.boolean(),
  /** `block` as an English sentence. */
  reason: z.string().optional(),
  block: blockSchema.optional(),
  status: z.string(),
  /** Of an operator: its source type; of a plugin: its life cycle. */
  origin: z.string(),
  operator: operatorRefSchema.optional(),
  plan: planPinSchema.optional(),
  /** Subscriptions that the same plan upgrades. */
  sharedWith: z.array(z.string()),
  /** Names of plugins that are upgraded before this one where they are chosen too. */
  after: z.array(z.string()),
  /** Names of plugins without whose own upgrade this one can't be upgraded. */
  needs: z.array(z.string()),
  risk: riskSchema.optional(),
  /** Its catalog does not answer. */
  deadCatalog: z.string().optional(),
  stuck: stuckSchema.optional(),
  /** The platform's own words on what holds it up. */
  blockReasons: z.array(z.string()),
});
export type Component = z.infer<typeof componentSchema>;

export const componentListSchema = z.object({
  items: z.array(componentSchema),
  /** Catalogs that OLM can't reach. */
  deadCatalogs: z.array(z.object({ namespace: z.string(), name: z.string(), state: z.string() })),
  partial: partialSchema,
});
export type ComponentList = z.infer<typeof componentListSchema>;

/** Which components are listed: of one namespace, or of one kind alone. */
export const featuresQuerySchema = scopeQuerySchema.extend({
  kind: z.enum(['operator', 'plugin']).optional(),
});
export type FeaturesQuery = z.infer<typeof featuresQuerySchema>;

export const upgradeInputSchema = z.object({ components: z.array(chosenComponentSchema).min(1).max(500) });

/** What became of a step that was not carried out; `messages/` has a sentence for each, as `features.step.<code>`. */
export const stepCodes = [
  'notFound',
  'duplicate',
  'otherCluster',
  'alreadyUpgraded',
  'changed',
  'blocked',
  'invalid',
  'gone',
  'refused',
  'failed',
  'tooLong',
] as const;

export const stepStates = ['waiting', 'running', 'succeeded', 'failed', 'skipped', 'stopped'] as const;
export type StepState = (typeof stepStates)[number];

const time = z.iso.datetime();

/** One component of a run, as it is stored. */
export const stepSchema = chosenComponentSchema.omit({ cluster: true }).extend({
  displayName: z.object({ en: z.string().max(300), zh: z.string().max(300) }),
  /** Keys of steps of the run that come first. */
  after: z.array(z.string().max(600)).max(500),
  state: z.enum(stepStates),
  /** Who carries it out; somebody else may take it over when that one is gone. */
  claimedBy: z.string().max(64).optional(),
  startedAt: time.optional(),
  endedAt: time.optional(),
  code: z.enum(stepCodes).optional(),
  /** The reason as an English sentence, or the cluster's own words. */
  detail: z.string().max(4000).optional(),
  block: blockSchema.optional(),
  stuck: stuckSchema.optional(),
});
export type Step = z.infer<typeof stepSchema>;

/** A step as pages see it. */
export const shownStepSchema = stepSchema.extend({
  cluster: z.string(),
  /** Identifies it within its run. */
  key: z.string(),
  /** How far its upgrade is, 0 to 100. */
  progress: z.number().min(0).max(100),
  /** Keys of steps that it waits for. */
  waitsFor: z.array(z.string()),
  /** One that it waits for has failed: it will not start before that is tried again. */
  held: z.boolean(),
  /** In which status the cluster shows it while it runs. */
  doing: z.string().optional(),
});
export type ShownStep = z.infer<typeof shownStepSchema>;

/** One line of a run's answer: a step whenever it changes, and which run it is of. */
export const runLineSchema = shownStepSchema.extend({
  run: z.object({
    id: z.string(),
    stored: z.boolean(),
    /** Why it could not be stored: it ends with the page then. */
    notStored: z.string().optional(),
  }),
});
export type RunLine = z.infer<typeof runLineSchema>;

export const runSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  startedBy: z.string(),
  startedAt: z.string(),
  steps: z.array(shownStepSchema),
  /** Users whose pages carry it out now; nobody drives it when there is none. */
  drivers: z.array(z.string()),
  /** Nothing is left to be done. */
  finished: z.boolean(),
});
export type Run = z.infer<typeof runSchema>;
export const runAnswerSchema = z.object({
  run: runSchema.nullable(),
  /** The ConfigMap in which runs of this cluster are kept. */
  storage: z.object({ namespace: z.string(), name: z.string() }),
});
export type RunAnswer = z.infer<typeof runAnswerSchema>;

export const continueInputSchema = z.object({ retry: z.array(z.string().max(600)).max(500).default([]) });
export type ContinueInput = z.infer<typeof continueInputSchema>;
