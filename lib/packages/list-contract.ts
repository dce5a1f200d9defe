import { z } from 'zod';
import { partialSchema } from '@/lib/http/contract';
import { objectNameSchema } from '@/lib/http/names';

/** What can be uploaded, and the tab it stands in. */
export const packageTabs = ['operator', 'plugin', 'chart'] as const;
export const packageTabSchema = z.enum(packageTabs);
export type PackageTab = z.infer<typeof packageTabSchema>;

const localizedTextSchema = z.object({ en: z.string(), zh: z.string() });

/** The phases of ArtifactVersion (app.alauda.io/v1alpha1); plugins and charts are told in the same words. */
export const packagePhases = ['Present', 'Pending', 'Failed', 'Deleting', 'Deleted', 'Unknown'] as const;

/** One version on the cluster to which it was uploaded. */
export const uploadedVersionSchema = z.object({
  cluster: z.string(),
  /** Name of the ArtifactVersion, ModuleConfig or Chart. */
  object: z.string(),
  phase: z.enum(packagePhases),
  /** In the platform's own words, such as `Success`. */
  reason: z.string(),
  message: z.string(),
  /** When its object was made; unknown for the versions of a chart. */
  uploaded: z.string().optional(),
  /** The platform takes 10 to 15 minutes from the upload until what was uploaded is offered. */
  synchronisingSince: z.string().optional(),
  /** Where exactly this version is installed: namespaces of that cluster, or clusters for plugins. */
  installed: z.array(z.string()),
  /** Why the version can't be deleted. */
  kept: z.enum(['named-by-plugin', 'chart-repository']).optional(),
});
export type UploadedVersion = z.infer<typeof uploadedVersionSchema>;

export const packageVersionSchema = z.object({
  /** The tag of an operator's bundle, else the version itself. */
  version: z.string(),
  /** The ClusterServiceVersion of an operator's bundle, once the platform has read it. */
  csv: z.string().optional(),
  places: z.array(uploadedVersionSchema).min(1),
});
export type PackageVersion = z.infer<typeof packageVersionSchema>;

export const packageRowSchema = z.object({
  type: packageTabSchema,
  /** Name of the Artifact, ModulePlugin or Chart. */
  name: z.string(),
  /** What an operator is called in its catalog. */
  packageName: z.string(),
  displayName: localizedTextSchema,
  description: localizedTextSchema,
  /** The catalog of an operator, the repository of a chart. */
  library: z.string().optional(),
  /** Where its images are. */
  repository: z.string().optional(),
  /** `amd64`, `arm64`; empty where nothing says it. */
  architectures: z.array(z.string()),
  /** Newest first. */
  versions: z.array(packageVersionSchema).min(1),
});
export type PackageRow = z.infer<typeof packageRowSchema>;

export const packageListSchema = z.object({
  items: z.array(packageRowSchema),
  /** Whether any cluster has the kinds that uploads are made of. */
  available: z.boolean(),
  /** What could not be read, and why. */
  partial: partialSchema,
});
export type PackageList = z.infer<typeof packageListSchema>;

export const packagesQuerySchema = z.object({ type: packageTabSchema });

const placed = { cluster: z.string().min(1).max(512), object: objectNameSchema };

/** One uploaded version on one cluster. All versions of a chart are in one object. */
export const deleteVersionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['operator', 'plugin']), ...placed }),
  z.object({ type: z.literal('chart'), ...placed, version: z.string().min(1).max(128) }),
]);
export type DeleteVersion = z.infer<typeof deleteVersionSchema>;
