import { z } from 'zod';
import { packageSummarySchema, verificationSchema } from './contract';

const GIB = 1024 ** 3;

/** What an upload through the console may be at most. */
export const uploadLimits = {
  /** Of one package; larger ones are for `violet push`, which reads them where they are. */
  bytes: 20 * GIB,
  /** Packages of one user that wait on the server at the same time. */
  perUser: 20,
  /** Of all users together. */
  total: 100,
  /** After this an upload is removed, finished or not. */
  lifetimeMs: 12 * 60 * 60_000,
  /** An unfinished one is removed when nothing came for so long. */
  idleMs: 60 * 60_000,
  /** What has to stay free on the server's disk. */
  reserveBytes: GIB / 2,
} as const;

/** Packages are called `<name>.<…>.tgz`; the name is shown and never becomes a path. */
export const packageFileSchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*\.(tgz|tar\.gz)$/, 'is no package: packages are .tgz files');

/** Made by the server: 32 hexadecimal digits. */
export const uploadIdSchema = z.string().regex(/^[0-9a-f]{32}$/, 'is no upload');
export const uploadParamsSchema = z.object({ id: uploadIdSchema });

/** Who may upload something, as the access review is asked: one of these rights is enough to send a file. */
export const uploadRights = [
  { verb: 'create', group: 'app.alauda.io', resource: 'artifactversions', namespace: 'cpaas-system' },
  { verb: 'create', group: 'cluster.alauda.io', resource: 'moduleplugins' },
  { verb: 'create', group: 'app.alauda.io', resource: 'charts', namespace: 'cpaas-system' },
] as const;

/** A package that waits on the console, all of it or a part. */
export const waitingUploadSchema = z.object({
  id: uploadIdSchema,
  fileName: z.string(),
  size: z.number(),
  received: z.number(),
});
export type WaitingUpload = z.infer<typeof waitingUploadSchema>;
export const waitingUploadListSchema = z.object({ items: z.array(waitingUploadSchema) });

/** What a browser says of the package beside sending it: the files that lay beside it, or a checksum that was typed. */
export const inspectInputSchema = z.object({
  /** Text of `<package>.sha256`, or what somebody typed: 64 hexadecimal digits, perhaps with a file's name. */
  checksum: z.string().max(4096).optional(),
  /** Content of `<package>.sig` in base64. */
  signature: z.base64().max(65_536).optional(),
});
export type InspectInput = z.infer<typeof inspectInputSchema>;

/** What `violet show --all` and `violet verify` tell of an uploaded package. */
export const inspectedPackageSchema = z.object({
  summary: packageSummarySchema,
  verification: verificationSchema,
});
export type InspectedUpload = z.infer<typeof inspectedPackageSchema>;

export const pushInputSchema = z.object({
  /** Where operators go; plugins and charts are the global cluster's. */
  clusters: z.array(z.string().min(1).max(512)).min(1).max(200),
  /** Whether somebody has said that a package without signature and checksum is to be pushed. */
  acceptUnverified: z.boolean().default(false),
});
export type PushInput = z.infer<typeof pushInputSchema>;

/** What the console serves of the tool for the command line. */
export const toolParamsSchema = z.object({ file: z.enum(['violet.mjs', 'violet.mjs.sha256']) });
export type ToolFile = z.infer<typeof toolParamsSchema>['file'];
