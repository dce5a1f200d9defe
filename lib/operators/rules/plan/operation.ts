import { isNewEnough } from '../fit';
import type { OperatorGroupObject } from '../objects';
import { field, list, record, text } from '../untrusted';
import { modeOf, supportedModes } from '../version-modes';

/** What of its surroundings a new version needs, and what runs of it, against the version before. */
export interface OperationChange {
  /** What the OperatorGroup asks for and the version does not support: OLM lets the ClusterServiceVersion fail. */
  unsupportedMode?: string;
  /** The version needs a newer Kubernetes: its ClusterServiceVersion stays pending. */
  kubernetes?: { needs: string; runs: string };
  modesDropped: string[];
  deployments: { added: string[]; removed: string[] };
  /** By what they are called in the ClusterServiceVersion, which need not be unique in the cluster. */
  webhooks: { added: string[]; removed: string[] };
}

/** Where an operator would run. */
export interface Surroundings {
  namespace: string;
  /** Undefined when it could not be read, or when there is not just one. */
  operatorGroup?: OperatorGroupObject;
  /** The cluster's own version, such as `v1.33.5+k3s1`. */
  kubernetes?: string;
}

/** @param before the ClusterServiceVersion that is replaced; undefined for a first installation */
export function compareOperation(before: unknown, after: unknown, around: Surroundings): OperationChange {
  const [old, fresh] = [modesOf(before), modesOf(after)];
  const mode = modeOf(around.operatorGroup, around.namespace);
  const needs = text(field(field(after, 'spec'), 'minKubeVersion'), 50);
  return {
    unsupportedMode: mode !== undefined && fresh.length > 0 && !fresh.includes(mode) ? mode : undefined,
    kubernetes:
      around.kubernetes && isNewEnough(needs, around.kubernetes) === false
        ? { needs, runs: around.kubernetes }
        : undefined,
    modesDropped: old.filter((one) => !fresh.includes(one)),
    deployments: difference(deploymentsOf(before), deploymentsOf(after)),
    webhooks: difference(webhooksOf(before), webhooksOf(after)),
  };
}

function modesOf(version: unknown): string[] {
  return supportedModes({ spec: record(field(version, 'spec')) });
}

function deploymentsOf(version: unknown): string[] {
  const strategy = field(field(field(version, 'spec'), 'install'), 'spec');
  return list(field(strategy, 'deployments'), nameIn('name'));
}

function webhooksOf(version: unknown): string[] {
  return list(field(field(version, 'spec'), 'webhookdefinitions'), nameIn('generateName'));
}

function nameIn(key: string): (value: unknown) => string | undefined {
  return (value) => text(field(value, key), 253) || undefined;
}

function difference(before: readonly string[], after: readonly string[]) {
  return {
    added: after.filter((one) => !before.includes(one)),
    removed: before.filter((one) => !after.includes(one)),
  };
}
