import { z } from 'zod';
import { partialSchema } from '@/lib/http/contract';
import { namespaceNameSchema, objectNameSchema } from '@/lib/http/names';
import {
  approvalStrategySchema,
  channelEntrySchema,
  operatorRefSchema,
  planReferenceSchema,
} from './contract';

/** `namespace` and `name` of an InstallPlan. */
export const planRefSchema = z.object({ namespace: namespaceNameSchema, name: objectNameSchema });

/** What of a plan was reviewed: only this one is approved. */
export const approveInputSchema = z.object({
  uid: z.string().min(1).max(128),
  clusterServiceVersionNames: z.array(z.string().min(1).max(253)).min(1).max(200),
});
export type ApproveInput = z.infer<typeof approveInputSchema>;

/** An InstallPlan, with what it was made for. */
export const installPlanSchema = planReferenceSchema.extend({
  approval: approvalStrategySchema,
  createdAt: z.string(),
  /** Subscriptions whose `installPlanRef` names this plan; empty for superseded and orphaned plans. */
  subscriptions: z.array(
    z.object({ name: z.string(), package: z.string(), installedVersion: z.string().optional() }),
  ),
});
export type InstallPlan = z.infer<typeof installPlanSchema>;

export const planStates = [
  'waiting',
  'preparing',
  'installing',
  'complete',
  'failed',
  'superseded',
  'orphaned',
  'stalled',
] as const;

/** Where a plan stands among the plans of its namespace; `messages/` has a word for each. */
export const planStateSchema = z.object({
  id: z.enum(planStates),
  /** The plan that OLM follows in its place. */
  by: z.string().optional(),
});

/** A row of the list of InstallPlans. */
export const listedPlanSchema = installPlanSchema.extend({
  state: planStateSchema,
  /** Nobody will execute it any more, so that it may be deleted. */
  cleanable: z.boolean(),
  /** Names of the Subscriptions that it was made for, whether they still name it or not. */
  madeFor: z.array(z.string()),
});
export type ListedPlan = z.infer<typeof listedPlanSchema>;
export const listedPlanListSchema = z.object({ items: z.array(listedPlanSchema), partial: partialSchema });
export type ListedPlanList = z.infer<typeof listedPlanListSchema>;

const versionSchema = z.object({ clusterServiceVersion: z.string(), version: z.string() });

/** A sentence about rights: `messages/` has one for each key, as `rights.<key>`. */
export const rightsSentenceSchema = z.object({
  key: z.string(),
  values: z.record(z.string(), z.string()),
  everywhere: z.boolean(),
  risky: z.boolean(),
  /** Of a right that is wider than before: what it was on the same resources. */
  before: z.object({ verbs: z.string(), everywhere: z.boolean() }).optional(),
});
export type RightsSentenceOnWire = z.infer<typeof rightsSentenceSchema>;

const namesSchema = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });

/** One operator that a plan carries, and what becomes of it. */
export const reviewedOperatorSchema = versionSchema.extend({
  package: z.string().optional(),
  displayName: z.string(),
  /** Its entry in the catalogue, where the Subscription or the plan tells it. */
  operator: operatorRefSchema.optional(),
  subscription: z.string().optional(),
  /** Another operator needs it and OLM subscribes to it in this very plan. */
  dependency: z.boolean(),
  change: z.enum(['install', 'upgrade']),
  from: versionSchema.optional(),
  /** Undefined where the new version could not be read. */
  rights: z
    .object({
      widened: z.array(rightsSentenceSchema),
      narrowed: z.array(rightsSentenceSchema),
      truncated: z.boolean(),
      everything: z.boolean(),
    })
    .optional(),
  images: z.array(
    z.object({
      kind: z.enum(['container', 'related']),
      name: z.string(),
      from: z.string().optional(),
      to: z.string().optional(),
      moved: z.boolean(),
      byTag: z.boolean(),
    }),
  ),
  /** What the version needs and runs; undefined where the new version could not be read. */
  operation: z
    .object({
      unsupportedMode: z.string().optional(),
      kubernetes: z.object({ needs: z.string(), runs: z.string() }).optional(),
      modesDropped: z.array(z.string()),
      deployments: namesSchema,
      webhooks: namesSchema,
    })
    .optional(),
});
export type ReviewedOperator = z.infer<typeof reviewedOperatorSchema>;

/** What a plan does to one CustomResourceDefinition. */
export const reviewedApiSchema = z.object({
  name: z.string(),
  kind: z.string(),
  clusterServiceVersion: z.string(),
  change: z.enum(['added', 'changed', 'unchanged']),
  versions: z.object({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    noLongerServed: z.array(z.string()),
  }),
  storedAtRisk: z.array(z.string()),
  newlyRequired: z.array(
    z.object({
      version: z.string(),
      path: z.string(),
      lackedBy: z.object({ count: z.number(), examples: z.array(z.string()) }).optional(),
    }),
  ),
  /** What makes existing objects invalid beside that; `count` objects have it in that version. */
  refused: z.array(
    z.object({
      version: z.string(),
      path: z.string(),
      rule: z.enum(['required', 'type', 'enum', 'range', 'size', 'alternatives']),
      count: z.number(),
      examples: z.array(z.string()),
    }),
  ),
  scope: z.object({ from: z.string(), to: z.string() }).optional(),
  conversion: z.object({ from: z.string(), to: z.string() }).optional(),
  prunes: z.boolean(),
  outdatedApi: z.string().optional(),
  truncated: z.boolean(),
  alsoOwnedBy: z.array(z.object({ namespace: z.string(), name: z.string() })),
  /** How many objects of it there are, and in how many namespaces; `more` when not all were counted. */
  instances: z.object({ count: z.number(), namespaces: z.number(), more: z.boolean() }).optional(),
});
export type ReviewedApi = z.infer<typeof reviewedApiSchema>;

export const planStepSchema = z.object({
  clusterServiceVersion: z.string(),
  group: z.string(),
  version: z.string(),
  kind: z.string(),
  name: z.string(),
  /** OLM's own word, such as `NotPresent`, `Present`, `Created`. */
  status: z.string(),
  optional: z.boolean(),
  content: z.enum(['plan', 'bundle', 'generated', 'unread']),
  problem: z.string().optional(),
});
export type PlanStepOnWire = z.infer<typeof planStepSchema>;

export const planPathSchema = z.object({
  subscription: z.string(),
  channel: z.string(),
  installed: versionSchema.optional(),
  approval: z.enum(['Manual', 'Automatic']),
  state: z.enum(['upToDate', 'open', 'notInChannel', 'unknown']),
  decidedByOlm: z.boolean(),
  steps: z.array(
    channelEntrySchema.extend({
      stop: z.enum(['next', 'head', 'possible', 'skipped']),
      needs: z.object({ approval: z.boolean(), minKubeVersion: z.string().optional() }),
    }),
  ),
});
export type PlanPath = z.infer<typeof planPathSchema>;

/** One InstallPlan, whole, against what runs. */
export const planReviewSchema = listedPlanSchema.extend({
  operators: z.array(reviewedOperatorSchema),
  apis: z.array(reviewedApiSchema),
  steps: z.array(planStepSchema),
  /** How many steps the plan has, which may be more than `steps` holds. */
  totalSteps: z.number(),
  /** The cluster's own words about a plan that failed. */
  message: z.string().optional(),
  problems: z.array(
    z.object({
      id: z.enum([
        'noStatus',
        'noSteps',
        'tooManySteps',
        'bundleMissing',
        'bundleForbidden',
        'bundleFailed',
        'bundleFile',
        'manifest',
      ]),
      subject: z.string(),
      detail: z.string().optional(),
    }),
  ),
  unknown: z.array(
    z.object({ subject: z.enum(['newVersion', 'oldVersion', 'api', 'apis']), name: z.string() }),
  ),
  paths: z.array(planPathSchema),
  partial: partialSchema,
});
export type PlanReview = z.infer<typeof planReviewSchema>;

/** One object of a plan as YAML, or why there is none. */
export const planObjectSchema = z.object({ yaml: z.string(), cut: z.boolean() });
export type PlanObject = z.infer<typeof planObjectSchema>;

/** Which of a plan's steps; the plan itself without it. */
export const planObjectQuerySchema = z.object({ step: z.coerce.number().int().min(0).max(5000).optional() });

export const cleanUpQuerySchema = z.object({ uid: z.string().min(1).max(128) });
