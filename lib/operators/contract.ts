import { z } from 'zod';
import { conditionSchema, partialSchema } from '@/lib/http/contract';
import { namespaceNameSchema, objectNameSchema } from '@/lib/http/names';

/**
 * What an operator's entry in the catalogue says about itself, in the order in which it happens.
 * `Installed` is only said of a ClusterServiceVersion in phase `Succeeded`.
 */
export const operatorStatuses = [
  'Absent',
  'Ready',
  'Resolving',
  'Unpacking',
  'Awaiting approval',
  'Installing',
  'Installed',
  'Upgrade available',
  'Upgrading',
  'Failed',
  'Uninstalling',
] as const;
export const operatorStatusSchema = z.enum(operatorStatuses);
export type OperatorStatus = z.infer<typeof operatorStatusSchema>;

/** The five source types of the product document, "Operator Sources". */
export const operatorSources = ['Alauda', 'Curated', 'Community', 'Marketplace', 'Custom'] as const;

export const installModes = ['AllNamespaces', 'OwnNamespace', 'SingleNamespace', 'MultiNamespace'] as const;
export const installModeSchema = z.enum(installModes);
export type InstallMode = z.infer<typeof installModeSchema>;

export const approvalStrategySchema = z.enum(['Manual', 'Automatic']);
export type ApprovalStrategy = z.infer<typeof approvalStrategySchema>;

/** What of an operator its catalog calls deprecated. */
export const deprecatedParts = ['package', 'channel', 'version'] as const;
export const deprecatedPartSchema = z.enum(deprecatedParts);
export type DeprecatedPart = z.infer<typeof deprecatedPartSchema>;

/** An operator that the platform knows and that its catalog does not offer yet. */
export const absentSchema = z.object({
  /** Tag of the bundle image, as a rule the version. */
  tag: z.string().optional(),
  /** Repository of the bundle image. */
  repository: z.string().optional(),
  /** Since when an upload of it is being synchronised (RFC 3339); the platform takes 10 to 15 minutes. */
  synchronisingSince: z.string().optional(),
  /** What the platform said of an upload that it could not take up. */
  failure: z.string().optional(),
  /** Address that violet wants as `--platform-address`, where the console knows it. */
  platformAddress: z.string().optional(),
});
export type Absent = z.infer<typeof absentSchema>;

/** One slim row of the catalogue: one per (catalog, package). */
export const operatorRowSchema = z.object({
  catalogNamespace: z.string(),
  catalog: z.string(),
  catalogDisplayName: z.string(),
  name: z.string(),
  displayName: z.string(),
  provider: z.string(),
  /** One of the five source types, or the catalog's display name on plain OLM where none fits. */
  source: z.string(),
  status: operatorStatusSchema,
  /** Version of the default channel's head. */
  version: z.string(),
  /** The default channel. */
  channel: z.string(),
  /** Highest version that runs anywhere on the cluster, when one does. */
  installedVersion: z.string().optional(),
  /** Version that a waiting upgrade would bring. */
  newVersion: z.string().optional(),
  /** The short description, plain text. */
  description: z.string(),
  categories: z.array(z.string()),
  keywords: z.array(z.string()),
  capabilityLevel: z.string().optional(),
  /** The package; its default channel or one that is subscribed; that channel's head or a version that runs. */
  deprecations: z.array(deprecatedPartSchema),
  /** Only with status `Absent`. */
  absent: absentSchema.optional(),
});
export type OperatorRow = z.infer<typeof operatorRowSchema>;

export type Unread = z.infer<typeof partialSchema>;

export const operatorListSchema = z.object({
  items: z.array(operatorRowSchema),
  partial: partialSchema,
});
export type OperatorList = z.infer<typeof operatorListSchema>;

export const channelEntrySchema = z.object({
  /** Name of the ClusterServiceVersion. */
  name: z.string(),
  version: z.string(),
  deprecation: z.string().optional(),
});

export const providedApiSchema = z.object({
  group: z.string(),
  version: z.string(),
  kind: z.string(),
  /** `plural.group` */
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  /** Declared as not meant for people (annotation `operators.operatorframework.io/internal-objects`). */
  internal: z.boolean().optional(),
});
export type OperatorApi = z.infer<typeof providedApiSchema>;

/** What an operator asks of the Namespace that is made for it. */
export const namespaceTemplateSchema = z.object({
  name: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
});
export type NamespaceTemplate = z.infer<typeof namespaceTemplateSchema>;

export const operatorChannelSchema = z.object({
  name: z.string(),
  /** Name of the ClusterServiceVersion at the head of the channel. */
  currentCSV: z.string(),
  version: z.string(),
  deprecation: z.string().optional(),
  /** Newest first. */
  entries: z.array(channelEntrySchema),
  displayName: z.string(),
  /** The long description: Markdown, untrusted. */
  description: z.string(),
  installModes: z.array(z.object({ type: installModeSchema, supported: z.boolean() })),
  providedApis: z.array(providedApiSchema),
  /** APIs of other operators without which OLM resolves nothing. */
  requiredApis: z.array(providedApiSchema),
  minKubeVersion: z.string().optional(),
  /** Versions that the head of the channel replaces at once (`olm.skipRange`). */
  skipRange: z.string().optional(),
  capabilityLevel: z.string().optional(),
  containerImage: z.string().optional(),
  createdAt: z.string().optional(),
  repository: z.string().optional(),
  support: z.string().optional(),
  suggestedNamespace: z.string().optional(),
  namespaceTemplate: namespaceTemplateSchema.optional(),
  /** The object without which the operator does nothing yet, as YAML: untrusted. */
  initializationResource: z.object({ kind: z.string(), yaml: z.string() }).optional(),
  links: z.array(z.object({ name: z.string(), url: z.string() })),
  maintainers: z.array(z.object({ name: z.string(), email: z.string() })),
});
export type OperatorChannel = z.infer<typeof operatorChannelSchema>;

/** The InstallPlan that a Subscription's `status.installPlanRef` names. */
export const planReferenceSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  phase: z.string(),
  approved: z.boolean(),
  clusterServiceVersionNames: z.array(z.string()),
  /**
   * True when the plan is Manual, not approved, in phase `RequiresApproval`, and named by a
   * Subscription's `installPlanRef`: superseded and orphaned plans are not.
   */
  approvable: z.boolean(),
});
export type PlanReference = z.infer<typeof planReferenceSchema>;

/**
 * Reasons that the console finds itself, because OLM says nothing in these cases; `messages/` has a
 * sentence for each.
 */
export const subscriptionReasons = [
  'NoOperatorGroup',
  'SeveralOperatorGroups',
  'InstallPlanMissing',
  'ClusterServiceVersionMissing',
] as const;

/** One place where the package is subscribed. */
export const subscriptionSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  package: z.string(),
  catalog: z.string(),
  catalogNamespace: z.string(),
  channel: z.string(),
  approval: approvalStrategySchema,
  createdAt: z.string(),
  status: operatorStatusSchema,
  /** The cluster's own reason for the status, or one of `subscriptionReasons` where the cluster is silent. */
  reason: z.string().optional(),
  /** The sentence that the cluster itself gives for the status, when it gives one. */
  message: z.string().optional(),
  startingCSV: z.string().optional(),
  currentCSV: z.string().optional(),
  installedCSV: z.string().optional(),
  installedVersion: z.string().optional(),
  newVersion: z.string().optional(),
  /**
   * The ClusterServiceVersion whose first installation whoever subscribed wanted approved at once, while everything
   * after it waits for a decision.
   */
  approveFirst: z.string().optional(),
  /** The ClusterServiceVersion at which an upgrade ends that is approved hop by hop. */
  upgradeTo: z.string().optional(),
  plan: planReferenceSchema.optional(),
  clusterServiceVersion: z
    .object({
      name: z.string(),
      version: z.string(),
      phase: z.string(),
      reason: z.string().optional(),
      message: z.string().optional(),
      replaces: z.string().optional(),
    })
    .optional(),
  conditions: z.array(conditionSchema),
  /** What OLM calls deprecated of what is subscribed here, in the catalog's words. */
  deprecations: z.array(z.object({ part: deprecatedPartSchema, message: z.string() })),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export const operatorSchema = operatorRowSchema.extend({
  channels: z.array(operatorChannelSchema),
  defaultChannel: z.string(),
  deprecation: z.string().optional(),
  /** CPU architectures that it says to support; empty where it says nothing. */
  architectures: z.array(z.string()),
  /** Alauda-source operators install with Manual approval only (product document, "Approval Strategy"). */
  manualApprovalOnly: z.boolean(),
  /** Who makes the OperatorGroup: the platform's controller from the annotation, or the console. */
  operatorGroupBy: z.enum(['platform', 'console']),
  subscriptions: z.array(subscriptionSchema),
  partial: partialSchema,
});
export type Operator = z.infer<typeof operatorSchema>;

/** `catalogNamespace`, `catalog` and `name` of a package: names are not unique over catalogs. */
export const operatorRefSchema = z.object({
  catalogNamespace: namespaceNameSchema,
  catalog: objectNameSchema,
  /** Catalogues are not bound to Kubernetes' rules for names. */
  name: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$/),
});
export type OperatorRef = z.infer<typeof operatorRefSchema>;

/** For users who may not read the whole cluster: the namespace that they may. */
export const scopeQuerySchema = z.object({ namespace: namespaceNameSchema.optional() });
