import { z } from 'zod';
import { partialSchema } from '@/lib/http/contract';
import { namespaceNameSchema, objectNameSchema } from '@/lib/http/names';

/** Which of possibly several Subscriptions of a package is uninstalled. */
export const subscriptionRefSchema = z.object({ namespace: namespaceNameSchema, name: objectNameSchema });
export type SubscriptionRef = z.infer<typeof subscriptionRefSchema>;

/** An object on its way out: what keeps it are its finalizers. */
const removableSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string(),
  /** Its deletion was asked for; it goes when its last finalizer does. */
  deleting: z.boolean(),
  finalizers: z.array(z.string()),
});

/** A custom resource of an API that the operator provides. */
export const instanceSchema = removableSchema.extend({ createdAt: z.string() });
export type Instance = z.infer<typeof instanceSchema>;

export const uninstallApiSchema = z.object({
  group: z.string(),
  version: z.string(),
  resource: z.string(),
  kind: z.string(),
  /** `plural.group` */
  name: z.string(),
  instances: z.array(instanceSchema),
  /** False when there are more instances than are listed here. */
  complete: z.boolean(),
  /** Why its instances could not be read. */
  unread: z.string().optional(),
  /** The namespaces that were read, where not the whole cluster was. */
  namespaces: z.array(z.string()).optional(),
});
export type UninstallApi = z.infer<typeof uninstallApiSchema>;

/** What the cluster loses or keeps; `messages/` has a sentence for each. */
export const lossCodes = [
  'OperatorStops',
  'InstancesUnmanaged',
  'InstancesStuck',
  'OthersNeedApis',
  'OthersProvideApis',
  'OthersStay',
  'OtherInstallations',
  'PlanShared',
  'MovesNow',
] as const;
export const lossSchema = z.object({
  code: z.enum(lossCodes),
  /** Objects, kinds or namespaces that the sentence names. */
  names: z.array(z.string()),
  count: z.number(),
});
export type Loss = z.infer<typeof lossSchema>;

export const leftoverKinds = [
  'CustomResourceDefinition',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'InstallPlan',
  'OperatorGroup',
  'Namespace',
] as const;
export const leftoverKindSchema = z.enum(leftoverKinds);
export type LeftoverKind = z.infer<typeof leftoverKindSchema>;

/** Something that OLM leaves behind. */
export const leftoverSchema = removableSchema.extend({
  kind: leftoverKindSchema,
  /** Objects that go with it: the instances of a CustomResourceDefinition. */
  instances: z.number().optional(),
  /** Why it must stay; absent where it may be deleted. */
  keep: z
    .object({
      code: z.enum(['ProvidedByOthers', 'RequiredByOthers', 'UsedByOthers', 'NotEmpty', 'NotReadable']),
      names: z.array(z.string()),
    })
    .optional(),
});
export type Leftover = z.infer<typeof leftoverSchema>;

/**
 * Where an uninstallation stands, read from the cluster alone: a page that was reloaded, or another
 * administrator's, goes on from here.
 */
export const uninstallationSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  package: z.string(),
  displayName: z.string(),
  /** What is still to be removed; absent or empty once it is gone. */
  subscription: removableSchema.optional(),
  clusterServiceVersions: z.array(removableSchema.extend({ version: z.string(), phase: z.string() })),
  apis: z.array(uninstallApiSchema),
  losses: z.array(lossSchema),
  /** What the operator's author has to say about uninstalling: plain text, untrusted. */
  uninstallMessage: z.string().optional(),
  /** The author asks that a console does not offer to delete instances. */
  instanceDeletionDisabled: z.boolean(),
  /** Told once Subscription and ClusterServiceVersions are gone. */
  leftovers: z.array(leftoverSchema).optional(),
  partial: partialSchema,
});
export type Uninstallation = z.infer<typeof uninstallationSchema>;

/** Exactly the instances that were shown: `api` is the `plural.group` of one of the operator's APIs. */
export const deleteInstancesInputSchema = subscriptionRefSchema.extend({
  instances: z
    .array(
      z.object({
        api: z.string().min(3).max(253),
        namespace: namespaceNameSchema.optional(),
        name: z.string().min(1).max(253),
        uid: z.string().min(1).max(128),
      }),
    )
    .min(1)
    .max(2000),
  /** How long to wait for finalizers, in seconds. */
  waitSeconds: z.number().int().min(1).max(300).default(120),
});
export type DeleteInstancesInput = z.infer<typeof deleteInstancesInputSchema>;

/** One line of the answer to a deletion of instances; `waiting` and `refused` end it, as `gone` does. */
export const instanceProgressSchema = z.object({
  state: z.enum(['deleting', 'gone', 'waiting', 'refused']),
  total: z.number(),
  remaining: z.array(removableSchema.extend({ api: z.string(), kind: z.string() })),
  refused: z.array(
    z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string(), detail: z.string() }),
  ),
});
export type InstanceProgress = z.infer<typeof instanceProgressSchema>;

export const removalStepSchema = z.object({
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  outcome: z.enum(['deleted', 'deleting', 'gone', 'kept', 'refused']),
  detail: z.string().optional(),
});
export type RemovalStep = z.infer<typeof removalStepSchema>;
export const removalSchema = z.object({ steps: z.array(removalStepSchema) });
export type Removal = z.infer<typeof removalSchema>;

export const deleteLeftoversInputSchema = subscriptionRefSchema.extend({
  leftovers: z
    .array(
      z.object({
        kind: leftoverKindSchema,
        name: z.string().min(1).max(253),
        uid: z.string().min(1).max(128),
        /** The number of instances that were shown to go with it. */
        instances: z.number().int().min(0).optional(),
      }),
    )
    .min(1)
    .max(500),
});
export type DeleteLeftoversInput = z.infer<typeof deleteLeftoversInputSchema>;
