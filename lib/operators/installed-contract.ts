import { z } from 'zod';
import { partialSchema } from '@/lib/http/contract';
import {
  approvalStrategySchema,
  deprecatedPartSchema,
  operatorRefSchema,
  operatorStatusSchema,
} from './contract';
import { rightsSubjects } from './rules/plan/rights-words';

/** Sentences about what an installation waits for: `messages/` has one for each, as `diagnosis.cause.<key>`. */
export const stuckKeys = [
  'none',
  'slowResolving',
  'slowUnpacking',
  'slowPlanning',
  'slowExecuting',
  'slowRequirements',
  'slowDeploying',
  'slowUninstalling',
  'overdueResolving',
  'overdueUnpacking',
  'overduePlanning',
  'overdueExecuting',
  'overdueRequirements',
  'overdueDeploying',
  'overdueUninstalling',
  'waitsForApproval',
  'waitsForApprovalWith',
  'waitsForApprovalBecause',
  'waitsForApprovalBecauseWith',
  'heldUpByPlan',
  'heldUpBySubscription',
  'noOperatorGroup',
  'severalOperatorGroups',
  'modeNotSupported',
  'servedFromElsewhere',
  'apiConflict',
  'apisFixed',
  'packageNotFound',
  'channelNotFound',
  'noSuchChannel',
  'versionNotFound',
  'catalogMissing',
  'catalogElsewhere',
  'catalogDead',
  'otherCatalogDead',
  'dependencyNotFound',
  'orphanClusterServiceVersion',
  'resolutionConflict',
  'unpackFailed',
  'unpackFailedImage',
  'planMissing',
  'planSuperseded',
  'planOrphaned',
  'planWithoutStatus',
  'planFailed',
  'apiNotServed',
  'storedVersionAtRisk',
  'existingObjectsInvalid',
  'webhookRefused',
  'webhookUnreachable',
  'quotaExceeded',
  'quotaUnspecified',
  'rightMissing',
  'requirementCrd',
  'requirementApi',
  'requirementRight',
  'requirementServiceAccount',
  'requirementKubernetesVersion',
  'requirementUnservedCrd',
  'requirementOther',
  'deploymentImagePull',
  'deploymentCrash',
  'deploymentOutOfMemory',
  'deploymentConfiguration',
  'deploymentUnschedulable',
  'deploymentVolume',
  'deploymentProbe',
  'deploymentEvicted',
  'deploymentRefused',
  'deploymentNoPods',
  'deploymentNotReady',
  'upgradeNotAllowed',
  'clusterServiceVersionMissing',
  'operatorFailed',
] as const;

/** Why an installation is where it is, ready to be said in the reader's language. */
export const stuckSchema = z.object({
  key: z.enum(stuckKeys),
  /** What the sentence names. */
  values: z.record(z.string(), z.string()),
  /** RFC 3339; absent where nothing tells it. */
  since: z.string().optional(),
  /** The object that says so. */
  says: z.object({ kind: z.string(), namespace: z.string(), name: z.string() }),
  /** The cluster's own words: foreign text. */
  detail: z.string().optional(),
});
export type Stuck = z.infer<typeof stuckSchema>;

/** A Subscription, or a ClusterServiceVersion that no Subscription heads for. */
export const installedOperatorSchema = z.object({
  kind: z.enum(['Subscription', 'ClusterServiceVersion']),
  uid: z.string(),
  namespace: z.string(),
  name: z.string(),
  displayName: z.string(),
  provider: z.string(),
  /** Its entry in the catalogue; absent for a ClusterServiceVersion whose package nobody knows. */
  operator: operatorRefSchema.optional(),
  /** Whether the catalog still offers the package; undefined when the catalogue could not be read. */
  offered: z.boolean().optional(),
  status: operatorStatusSchema,
  installedVersion: z.string().optional(),
  newVersion: z.string().optional(),
  channel: z.string().optional(),
  approval: approvalStrategySchema.optional(),
  /** Names of Manual Subscriptions of the namespace, because of which Automatic acts as Manual. */
  manualBecauseOf: z.array(z.string()),
  deprecations: z.array(deprecatedPartSchema),
  /** The namespaces that it watches, `[]` for all; undefined until OLM has said so. */
  watches: z.array(z.string()).optional(),
  createdAt: z.string(),
  /** Only where something keeps it from being installed or upgraded. */
  stuck: stuckSchema.optional(),
});
export type InstalledOperator = z.infer<typeof installedOperatorSchema>;

export const installedOperatorListSchema = z.object({
  items: z.array(installedOperatorSchema),
  partial: partialSchema,
});
export type InstalledOperatorList = z.infer<typeof installedOperatorListSchema>;

/** The rights of one version of an operator, in sentences. */
export const operatorRightsSchema = z.object({
  namespace: z.string(),
  clusterServiceVersion: z.string(),
  /** Who tells them: what runs, or what an InstallPlan will bring. */
  toldBy: z.enum(['ClusterServiceVersion', 'InstallPlan']),
  sentences: z.array(
    z.object({
      /** For instance `readSecretsEverywhere`: `messages/` has a sentence for each, as `rights.<key>`. */
      key: z.templateLiteral([z.enum(rightsSubjects), z.enum(['Everywhere', 'InNamespace'])]),
      values: z.record(z.string(), z.string()),
      everywhere: z.boolean(),
      risky: z.boolean(),
    }),
  ),
  /** It may do everything with every object of the cluster. */
  everything: z.boolean(),
  /** There are more rights than are looked at. */
  truncated: z.boolean(),
});
export type OperatorRights = z.infer<typeof operatorRightsSchema>;
export const operatorRightsListSchema = z.object({
  items: z.array(operatorRightsSchema),
  partial: partialSchema,
});

/** An Event of an operator's Subscriptions, plans, ClusterServiceVersions and Deployments. */
export const operatorEventSchema = z.object({
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  namespace: z.string(),
  object: z.object({ kind: z.string(), name: z.string() }),
  count: z.number(),
  lastSeen: z.string(),
});
export type OperatorEvent = z.infer<typeof operatorEventSchema>;
export const operatorEventListSchema = z.object({
  /** Newest first. */
  items: z.array(operatorEventSchema),
  partial: partialSchema,
});

/** An object of an operator's installation as the cluster holds it, without `managedFields`. */
export const operatorObjectSchema = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  yaml: z.string(),
});
export type OperatorObject = z.infer<typeof operatorObjectSchema>;
export const operatorObjectListSchema = z.object({
  items: z.array(operatorObjectSchema),
  partial: partialSchema,
});
