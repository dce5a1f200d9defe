import { z } from 'zod';
import { partialSchema } from '@/lib/http/contract';
import { jsonObjectSchema } from '@/lib/http/json-object';
import { namespaceNameSchema } from '@/lib/http/names';
import { approvalStrategySchema, installModeSchema } from './contract';

export const installInputSchema = z.object({
  channel: z.string().min(1).max(253),
  version: z.string().min(1).max(253),
  namespace: namespaceNameSchema,
  mode: installModeSchema,
  /** The namespaces to watch, for SingleNamespace (one) and MultiNamespace (two or more). */
  targetNamespaces: z.array(namespaceNameSchema).max(100).optional(),
  approval: approvalStrategySchema,
  /** With Manual approval: the first InstallPlan is approved by the page that follows it, later ones by hand. */
  approveFirst: z.boolean().optional(),
  /** `spec.config` of the Subscription, passed through. */
  config: jsonObjectSchema.optional(),
});
export type InstallInput = z.infer<typeof installInputSchema>;

/** What became of one object of an installation. */
export const installStepSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  outcome: z.enum(['created', 'exists', 'accepted', 'unchecked', 'refused', 'removed', 'left']),
  detail: z.string().optional(),
});
export type InstallStep = z.infer<typeof installStepSchema>;

export const installResultSchema = z.object({
  dryRun: z.boolean(),
  subscription: z.object({ namespace: z.string(), name: z.string() }),
  steps: z.array(installStepSchema),
});
export type InstallResult = z.infer<typeof installResultSchema>;

/** What the install form has to know of a namespace. */
export const installNamespaceSchema = z.object({
  name: z.string(),
  operatorGroups: z.array(z.object({ name: z.string(), targetNamespaces: z.array(z.string()) })),
  subscriptions: z.array(
    z.object({
      name: z.string(),
      package: z.string(),
      catalog: z.string(),
      catalogNamespace: z.string(),
      approval: approvalStrategySchema,
    }),
  ),
  /** InstallPlans that wait for approval there: OLM puts new Subscriptions into the next plan with theirs. */
  waitingPlans: z.array(z.object({ name: z.string(), clusterServiceVersionNames: z.array(z.string()) })),
});
export type InstallNamespace = z.infer<typeof installNamespaceSchema>;
export const installNamespaceListSchema = z.object({
  items: z.array(installNamespaceSchema),
  partial: partialSchema,
});
export type InstallNamespaceList = z.infer<typeof installNamespaceListSchema>;

/** An operator that runs on the cluster, as far as another one may get in its way. */
export const apiOwnerSchema = z.object({
  namespace: z.string(),
  clusterServiceVersion: z.string(),
  displayName: z.string(),
  /** What it watches; empty means all namespaces, undefined that it is not known. */
  targetNamespaces: z.array(z.string()).optional(),
  /** `plural.group` of what both provide. */
  apis: z.array(z.string()),
  /** Where its Subscription came from, when it has one. */
  operator: z.object({ catalogNamespace: z.string(), catalog: z.string(), name: z.string() }).optional(),
});
export type ApiOwner = z.infer<typeof apiOwnerSchema>;

/** What the cluster has around an installation that could make it fail. */
export const installFactsSchema = z.object({
  catalog: z.object({
    /** False when the CatalogSource is gone; undefined when it may not be read. */
    exists: z.boolean().optional(),
    /** The state of the connection to it as OLM saw it last, such as `READY` or `TRANSIENT_FAILURE`. */
    state: z.string(),
    /** False when its packages can be installed in its own namespace alone; undefined when that is not known. */
    global: z.boolean().optional(),
  }),
  apiOwners: z.array(apiOwnerSchema),
  /** `plural.group` of required APIs that neither an installed operator nor any catalog provides. */
  missingApis: z.array(z.string()),
  partial: partialSchema,
});
export type InstallFacts = z.infer<typeof installFactsSchema>;
