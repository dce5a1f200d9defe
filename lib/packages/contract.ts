import { z } from 'zod';

/** Words of the platform's own packaging metadata (`packageType`). */
export const packageTypes = ['OperatorBundle', 'ModulePlugin', 'Chart'] as const;

export type PackageType = (typeof packageTypes)[number];

/** A name that Kubernetes takes for an object: RFC 1123 subdomain. */
const dnsName = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/,
    'must be a DNS name: lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  );

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits');

const text = z.object({ en: z.string().max(256), zh: z.string().max(256) });

const line = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\s\p{Cc}]+$/u, 'must be one word');

/** An image, bundle or chart in the package: where it was taken from, and what it must be. */
const imageSchema = z.object({
  registry: z
    .string()
    .max(255)
    .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?$/, 'must be a host name with or without a port'),
  repository: z
    .string()
    .max(255)
    .regex(
      /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/,
      'must be the path of a repository',
    ),
  tag: z.string().regex(/^[\w][\w.-]{0,127}$/, 'must be a tag'),
  digest,
  type: z.enum(['Bundle', 'Chart', 'Image']),
});

export type PackageImage = z.infer<typeof imageSchema>;

/** `package.yaml`, the manifest of a package; docs/package-format.md tells what each field means. */
export const packageManifestSchema = z.object({
  formatVersion: z.literal(1),
  packageType: z.enum(packageTypes),
  name: dnsName,
  displayName: text,
  version: line,
  channels: z.array(z.object({ channel: line, defaultChannel: z.boolean() })).max(64),
  architectures: z.array(line).max(16),
  provider: text.optional(),
  providerType: z.string().max(64).optional(),
  catalogSource: dnsName.optional(),
  description: z.string().max(4096).optional(),
  /** Of a chart: the version of what it installs. */
  appVersion: z.string().max(128).optional(),
  artifact: imageSchema,
  relatedImages: z.array(imageSchema).max(1000),
});

export type PackageManifest = z.infer<typeof packageManifestSchema>;

/** What `violet show` tells of a package. */
export const packageSummarySchema = z.object({
  packageType: z.enum(packageTypes),
  name: z.string(),
  displayName: z.string(),
  /** `bundle`, `plugin` or `chart`: the word that `show` prints. */
  type: z.enum(['bundle', 'plugin', 'chart']),
  /** Such as `linux/amd64`. */
  platforms: z.array(z.string()),
  version: z.string(),
  channels: z.array(z.string()),
  /** `registry/repository:tag` of the bundle or chart; a plain chart archive was taken from no registry. */
  artifact: z.string().optional(),
  relatedImages: z.array(z.string()),
  /** Bytes of all blobs together. */
  size: z.number(),
});

export type PackageSummary = z.infer<typeof packageSummarySchema>;

export const verificationOutcomes = ['gpg', 'checksum', 'failed', 'none'] as const;

/** What verifying one file came to; `reason` says why it failed. */
export const verificationSchema = z.object({
  file: z.string(),
  outcome: z.enum(verificationOutcomes),
  /** Of a good signature: who signed, as the key says. */
  signer: z.string().optional(),
  reason: z.string().optional(),
});

export type Verification = z.infer<typeof verificationSchema>;

/** What happens while a package is pushed, in this order: images with their blobs, then the cluster's objects. */
export const pushEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('package'),
    summary: packageSummarySchema,
    registry: z.string(),
    clusters: z.array(z.string()),
    images: z.number(),
  }),
  z.object({
    type: z.literal('blob'),
    image: z.string(),
    digest: z.string(),
    size: z.number(),
    /** Bytes that the registry has confirmed. */
    sent: z.number(),
    state: z.enum(['sending', 'sent', 'present', 'mounted']),
  }),
  z.object({
    type: z.literal('image'),
    image: z.string(),
    digest: z.string(),
    state: z.enum(['pushed', 'present']),
  }),
  z.object({ type: z.literal('retry'), reason: z.string(), attempt: z.number(), seconds: z.number() }),
  z.object({
    type: z.literal('object'),
    cluster: z.string(),
    kind: z.string(),
    name: z.string(),
    state: z.enum(['created', 'updated', 'unchanged']),
  }),
  z.object({ type: z.literal('done'), summary: packageSummarySchema }),
]);

export type PushEvent = z.infer<typeof pushEventSchema>;

export const packageProblemCodes = [
  /** The file is not a package that can be read: unknown type, broken archive, names that break rules. */
  'InvalidPackage',
  /** The file could do harm: paths that leave the folder, links, devices, bombs. */
  'UnsafePackage',
  /** What is in the file is not what it says: digests, truncation. */
  'CorruptPackage',
  'VerificationFailed',
  'RegistryRefused',
  'RegistryUnreachable',
  'PlatformRefused',
  'InvalidInput',
  'NoSpace',
] as const;

/** Why something about a package did not work; the message is meant for people and says what to try. */
export class PackageError extends Error {
  override readonly name = 'PackageError';

  constructor(
    readonly code: (typeof packageProblemCodes)[number],
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
