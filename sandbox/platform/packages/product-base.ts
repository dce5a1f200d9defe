import type { KubeObject } from '../../client/types.ts';
import type { LocalizedText, ModuleConfig, ModulePlugin } from '../plugins/api.ts';
import { annotations } from '../plugins/api.ts';
import { newestVersion } from '../plugins/versions.ts';
import type { ProductBaseContent } from './content.ts';
import { csvMetadata, type UploadedBundle } from './uploaded-bundles.ts';

export interface KnownChannel {
  artifactStatus: 'Present' | 'Absent';
  channel: string;
  default: boolean;
  displayName: LocalizedText;
  repository: string;
  tag: string;
  brief?: LocalizedText;
  description?: LocalizedText;
  provider?: LocalizedText;
  providerType?: string;
  catalogSource?: string;
  categories?: string[];
  supportedArchitectures?: string[];
}

export interface KnownPackage {
  name: string;
  packageType: string;
  channels: KnownChannel[];
}

/** The platform's own object, `base`. */
export interface ProductBase extends KubeObject {
  status?: { phase: string; version: string; artifacts?: KnownPackage[]; conditions?: unknown[] };
}

/** Packages that the platform knows of and that are not uploaded. */
export function absentPackages({ absent }: ProductBaseContent): KnownPackage[] {
  return absent.map(({ name, packageType, ...channel }) => ({
    name,
    packageType,
    channels: [
      {
        artifactStatus: 'Absent',
        default: true,
        description: channel.brief,
        supportedArchitectures: ['amd64', 'arm64'],
        ...channel,
      },
    ],
  }));
}

/** What the platform knows of the operators in its catalog; `isPresent` tells whether an image has been synchronised. */
export function knownOperators(
  bundles: readonly UploadedBundle[],
  isPresent: (bundle: UploadedBundle) => boolean,
): KnownPackage[] {
  const ofPlatform = bundles.filter(({ library }) => library === 'platform');
  const owners = new Set(ofPlatform.map(({ owner }) => owner));
  return [...owners].map((owner) => ({
    name: owner.name,
    packageType: 'OperatorBundle',
    channels: [...owner.channels.values()].flatMap(({ name, head }) => {
      const uploaded = ofPlatform.find((it) => it.owner === owner && it.bundle.name === head);
      return uploaded ? [operatorChannel(uploaded, name, isPresent(uploaded))] : [];
    }),
  }));
}

function operatorChannel(uploaded: UploadedBundle, channel: string, present: boolean): KnownChannel {
  const { owner, bundle, repository, tag, library } = uploaded;
  const { displayName, annotations: notes, architectures } = csvMetadata(bundle);
  const brief = notes.description ?? '';
  return {
    artifactStatus: present ? 'Present' : 'Absent',
    channel,
    default: channel === owner.defaultChannel,
    displayName: { en: displayName || owner.name, zh: displayName || owner.name },
    brief: { en: brief, zh: brief },
    provider: localized(notes.provider ?? ''),
    ...(notes['provider-type'] ? { providerType: notes['provider-type'] } : {}),
    catalogSource: library,
    categories: (notes.categories ?? '').split(',').flatMap((it) => it.trim() || []),
    repository,
    tag,
    ...(architectures.length > 0 ? { supportedArchitectures: architectures } : {}),
  };
}

/** Text that is plain, or `{"en": …, "zh": …}` as text. */
function localized(text: string): LocalizedText {
  try {
    const { en, zh } = JSON.parse(text) as Record<string, unknown>;
    if (typeof en === 'string' && typeof zh === 'string') return { en, zh };
  } catch {
    // Plain.
  }
  return { en: text, zh: text };
}

/** What the platform knows of cluster plugins; one without a ModuleConfig is not uploaded. */
export function knownPlugins(
  plugins: readonly ModulePlugin[],
  configs: readonly ModuleConfig[],
): KnownPackage[] {
  return plugins.map(({ metadata, spec }) => {
    const versions = configs.filter((config) => config.spec.name === metadata.name);
    const newest = newestVersion(versions.flatMap((config) => config.spec.version ?? []));
    const chart = spec.appReleases?.flatMap((it) => it.chartVersions)[0];
    return {
      name: metadata.name ?? '',
      packageType: 'ModulePlugin',
      channels: [
        {
          artifactStatus: newest === undefined ? 'Absent' : 'Present',
          channel: 'default',
          default: true,
          displayName: localized(metadata.annotations?.[annotations.displayName] ?? ''),
          brief: spec.description,
          description: spec.description,
          provider: { en: 'Alauda', zh: 'Alauda' },
          providerType: 'platform',
          catalogSource: '',
          repository: spec.mainChart ?? chart?.name ?? '',
          tag: newest ?? '',
        },
      ],
    };
  });
}

/** The object `base` before anything is known of it. */
export function productBase(version: string): ProductBase {
  return {
    apiVersion: 'product.alauda.io/v1alpha2',
    kind: 'ProductBase',
    metadata: { name: 'base' },
    spec: {
      version,
      platformURL: 'https://platform.sandbox.example',
      productBrand: 'Alauda Container Platform',
      replicas: 3,
      defaultAdmin: { account: 'admin', email: 'admin@sandbox.example' },
      http: { forceRedirectHttps: true, httpsPort: 443 },
      registry: { address: 'registry.sandbox.example:11443', preferPlatformURL: false },
    },
  };
}
