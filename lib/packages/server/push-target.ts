import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import type { PushEvent } from '../contract';

/** The registry that packages are pushed to. */
export interface RegistryTarget {
  /** Host with or without a port, as clusters name it. */
  address: string;
  username?: string;
  password?: string;
  /** Speak HTTP. Registries on this machine are also tried with HTTP when they do not speak HTTPS. */
  plain?: boolean;
  /** Of a registry that is a folder in OCI layout form instead of a server: where it is. */
  layout?: string;
  /** PEM of the authority that signed the registry's certificate. */
  ca?: string;
}

/** Where a package goes and how. */
export interface PushOptions {
  registry: RegistryTarget;
  /** A client of a cluster by its name, with the user's own credentials. */
  kube: (cluster: string) => KubeClient;
  /** Where operators are uploaded to. Plugins and charts live on `global`, whichever clusters are named. */
  clusters: readonly string[];
  /** The catalog that operators are put into; `platform` unless the package says otherwise. */
  catalogSource?: string;
  /** Push images only. */
  skipObjects?: boolean;
  /** Write objects only. */
  skipImages?: boolean;
  onEvent?: (event: PushEvent) => void;
  signal?: AbortSignal;
}
