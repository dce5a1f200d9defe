import { z } from 'zod';
import { conditionSchema, partialSchema } from '@/lib/http/contract';

/** Text in the two languages of the platform; each stands in for the other where it is missing. */
export const localizedTextSchema = z.object({ en: z.string(), zh: z.string() });
export type LocalizedText = z.infer<typeof localizedTextSchema>;

export const lifeCycles = ['Core', 'Aligned', 'Agnostic'] as const;
export const lifeCycleSchema = z.enum(lifeCycles);
export type LifeCycle = z.infer<typeof lifeCycleSchema>;

/** States that the console knows; any other text is a phase that the platform made up. */
export const pluginStatuses = [
  'Absent',
  'Ready',
  'Installing',
  'Running',
  'Upgrading',
  'Failed',
  'Deleting',
] as const;
export type PluginStatus = (typeof pluginStatuses)[number];

export const pluginActions = ['Install', 'Upgrade', 'Update', 'Uninstall'] as const;
export const pluginActionSchema = z.enum(pluginActions);
export type PluginAction = z.infer<typeof pluginActionSchema>;

/** One requirement of a plugin on the cluster that it goes to. */
export const requirementSchema = z.object({
  kind: z.enum(['cluster', 'not-cluster', 'not-plugin']),
  key: z.string(),
  operator: z.string(),
  values: z.array(z.string()),
  /** In English. */
  words: z.string(),
  /** Absent where the cluster's labels could not be read. */
  satisfied: z.boolean().optional(),
  actual: z.string().optional(),
});

export const dependencySchema = z.object({
  anyOf: z.array(z.object({ plugin: z.string(), cluster: z.string(), versions: z.array(z.string()) })),
  satisfied: z.boolean(),
  found: z
    .object({ name: z.string(), cluster: z.string(), version: z.string(), running: z.boolean() })
    .optional(),
  /** In English. */
  words: z.string(),
});

/** Why something can't be done now; `messages/` has a sentence for each code. */
export const obstacleCodes = [
  'already-installed',
  'not-installed',
  'not-uploaded',
  'not-ready',
  'unknown-version',
  'affinity',
  'anti-affinity',
  'platform-version',
  'missing-dependency',
  'core-life-cycle',
  'not-newer',
  'unsupported-upgrade',
  'not-deleteable',
  'resources-in-the-way',
  'removal-prevented',
  'being-deleted',
] as const;
export const obstacleSchema = z.object({
  code: z.enum(obstacleCodes),
  /** A sentence in English that says what and why. */
  message: z.string(),
  /** What the sentence is about: requirements, plugins, versions or objects. */
  items: z.array(z.string()),
  /** Names and versions in it, for a sentence in another language. */
  facts: z
    .object({
      cluster: z.string(),
      version: z.string(),
      installed: z.string(),
      platform: z.string(),
      range: z.string(),
    })
    .partial(),
  /** The requirements that are not met. */
  requirements: z.array(requirementSchema).optional(),
  /** What is nowhere. */
  dependencies: z.array(dependencySchema).optional(),
});
export type Obstacle = z.infer<typeof obstacleSchema>;

/** One plugin as a cluster sees it. */
export const pluginRowSchema = z.object({
  name: z.string(),
  displayName: localizedTextSchema,
  description: localizedTextSchema,
  lifecycle: lifeCycleSchema,
  /** One of `pluginStatuses`, or the platform's own phase as it is. */
  status: z.string(),
  /** The installed version, `''` when none is. */
  version: z.string(),
  /** The version that an upgrade or, where nothing is installed, an installation would bring; `''` for none. */
  newVersion: z.string(),
  /** What applies now; whether it is possible on this cluster is told by the details. */
  actions: z.array(pluginActionSchema),
  /** Whether installing `newVersion` asks for parameters. */
  installForm: z.boolean(),
  /** Since when a version is known that is not ready yet. */
  synchronisingSince: z.string().optional(),
  /** The platform's own words on what holds it up. */
  blockReasons: z.array(z.string()),
  hasIcon: z.boolean(),
});
export type PluginRow = z.infer<typeof pluginRowSchema>;

export type Unread = z.infer<typeof partialSchema>;

export const pluginListSchema = z.object({
  items: z.array(pluginRowSchema),
  /** False on platforms that have no cluster plugins at all, such as plain OLM. */
  available: z.boolean(),
  partial: partialSchema,
});
export type PluginList = z.infer<typeof pluginListSchema>;

export const riskLevels = ['low', 'middle', 'high'] as const;
export const riskSchema = z.object({
  level: z.enum(riskLevels).optional(),
  /** What the platform wrote where it is none of the three. */
  otherLevel: z.string().optional(),
  text: localizedTextSchema,
});
export type Risk = z.infer<typeof riskSchema>;

/** One ModuleConfig. */
export const pluginVersionSchema = z.object({
  version: z.string(),
  moduleConfig: z.string(),
  createdAt: z.string(),
  ready: z.boolean(),
  /** Why it can't be installed on this cluster; empty when it can. */
  obstacles: z.array(obstacleSchema),
  affinity: z.array(requirementSchema),
  dependencies: z.array(dependencySchema),
  supportedUpgradeVersions: z.string(),
  targetClusterVersions: z.array(z.string()),
  risk: riskSchema,
  /** Whether installing and upgrading to it asks for parameters. */
  installForm: z.boolean(),
  upgradeForm: z.boolean(),
});
export type PluginVersion = z.infer<typeof pluginVersionSchema>;

export const releaseSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  ready: z.boolean(),
  synced: z.boolean(),
  failed: z.boolean(),
  reason: z.string(),
  message: z.string(),
  charts: z.array(z.object({ name: z.string(), version: z.string() })),
});

const configSchema = z.record(z.string(), z.unknown());

/** The ModuleInfo of this cluster. */
export const installationSchema = z.object({
  name: z.string(),
  uid: z.string(),
  resourceVersion: z.string(),
  createdAt: z.string(),
  /** `spec.version`: where it is heading. */
  targetVersion: z.string(),
  /** `status.version`: what the phase is about. */
  currentVersion: z.string(),
  phase: z.string(),
  config: configSchema,
  valuesOverride: configSchema,
  /** An http or https address, or a path of the platform. */
  entrypoint: z.string().optional(),
  releases: z.array(releaseSchema),
  conditions: z.array(conditionSchema),
  blockReasons: z.array(z.string()),
  deletingSince: z.string().optional(),
  finalizers: z.array(z.string()),
});
export type Installation = z.infer<typeof installationSchema>;

export const upgradeTargetSchema = z.object({
  version: z.string(),
  risk: riskSchema,
  dependencies: z.array(dependencySchema),
  /** Plugins that its author wants upgraded after this one. */
  upgradeBefore: z.array(z.string()),
  /** Installed plugins whose waiting upgrade should come before this one. */
  upgradeFirst: z.array(z.string()),
  obstacles: z.array(obstacleSchema),
  upgradeForm: z.boolean(),
});
export type UpgradeTarget = z.infer<typeof upgradeTargetSchema>;

export const pluginSchema = pluginRowSchema.extend({
  /** Newest first. */
  versions: z.array(pluginVersionSchema),
  installation: installationSchema.optional(),
  /** Newest first. */
  upgradeTargets: z.array(upgradeTargetSchema),
  /** A newer version of a Core plugin, which comes with an upgrade of the cluster. */
  coreReminder: z.string().optional(),
  uninstall: z.object({
    obstacles: z.array(obstacleSchema),
    risk: localizedTextSchema,
    /** What the plugin says about objects in the way. */
    blockText: localizedTextSchema,
    /** Kinds whose objects have to go first, as the plugin's author wrote them. */
    blockedBy: z.array(z.string()),
  }),
  /** Other clusters that have it. */
  elsewhere: z.array(z.object({ cluster: z.string(), version: z.string(), status: z.string() })),
  globalCluster: z.string(),
  partial: partialSchema,
});
export type Plugin = z.infer<typeof pluginSchema>;

export const pluginObjectListSchema = z.object({
  items: z.array(z.object({ kind: z.string(), name: z.string(), yaml: z.string() })),
  partial: partialSchema,
});

/** What was written, under the name that the platform answered with. */
export const pluginWriteSchema = z.object({
  dryRun: z.boolean(),
  moduleInfo: z.object({ name: z.string(), uid: z.string() }),
});
export type PluginWrite = z.infer<typeof pluginWriteSchema>;
