import { affinityFailures } from './affinity.ts';
import {
  labelOf,
  labels,
  type ModuleConfig,
  type ModuleInfo,
  type ModuleSpec,
  type PluginAffinity,
} from './api.ts';
import { dependencyState, type InstalledModule } from './dependencies.ts';
import { moduleConfigName } from './naming.ts';
import { fitsPlatform, inRange } from './versions.ts';

/** What an installation is judged by. */
export interface Surroundings {
  /** The ModuleConfig of `spec.version`, when there is one. */
  config: ModuleConfig | undefined;
  /** The registered cluster that it is for, when there is one. */
  cluster: { name: string; labels: Record<string, string>; platformVersion?: string | undefined } | undefined;
  /** All other installations. */
  installed: InstalledModule[];
}

export type Assessment =
  | { verdict: 'go'; config: ModuleConfig }
  /** It can't be as it stands. */
  | { verdict: 'refused'; reasons: string[] }
  /** What it needs is not there; it may still turn up. */
  | { verdict: 'missing'; reasons: string[] }
  /** What it needs is on its way. */
  | { verdict: 'waiting'; reasons: string[] };

/**
 * Whether the version that a ModuleInfo asks for can be put on its cluster now. The rules are those of the platform's
 * plugin documents: the type label, a ready ModuleConfig of that version, affinity, the platform version, the range of
 * versions that may be upgraded from, dependencies.
 */
export function assess(info: ModuleInfo, { config, cluster, installed }: Surroundings): Assessment {
  const module = labelOf(info, labels.module);
  const missingLabels = missingLabelsOf(info);
  if (missingLabels.length > 0) return { verdict: 'refused', reasons: missingLabels };
  const name = moduleConfigName(module, info.spec.version);
  if (!cluster) {
    const reason = `cluster ${labelOf(info, labels.cluster)} is not registered on the platform`;
    return { verdict: 'missing', reasons: [reason] };
  }
  if (!config) return { verdict: 'missing', reasons: [`ModuleConfig ${name} does not exist`] };
  if (!config.status?.readyForDeploy) {
    return { verdict: 'missing', reasons: [`ModuleConfig ${name} is not ready for deploy`] };
  }
  const refusals = refusalsOf(info, config.spec, cluster, installed);
  if (refusals.length > 0) return { verdict: 'refused', reasons: refusals };
  const { missing, waiting } = dependencyState(config.spec, cluster.name, info.spec.config ?? {}, installed);
  if (missing.length > 0) return { verdict: 'missing', reasons: missing };
  if (waiting.length > 0) return { verdict: 'waiting', reasons: waiting };
  return { verdict: 'go', config };
}

/** Labels without which nothing can be installed. */
export function missingLabelsOf(info: ModuleInfo): string[] {
  const reasons = [labels.cluster, labels.module].flatMap((key) =>
    labelOf(info, key) === '' ? [`label ${key} is missing`] : [],
  );
  if (labelOf(info, labels.moduleType) !== 'plugin')
    reasons.push(`label ${labels.moduleType} must be plugin`);
  return reasons;
}

function refusalsOf(
  info: ModuleInfo,
  spec: ModuleSpec,
  cluster: NonNullable<Surroundings['cluster']>,
  installed: InstalledModule[],
): string[] {
  const module = labelOf(info, labels.module);
  const neighbours = installed.filter((it) => it.cluster === cluster.name && it.module !== module);
  const running = info.status?.version ?? '';
  const reasons = affinityFailures(
    withoutItself(spec.affinity, module),
    cluster,
    neighbours.map((it) => it.module),
  );
  if (running === info.spec.version) return reasons;
  if (!fitsPlatform(cluster.platformVersion, spec.targetClusterVersions)) {
    const targets = spec.targetClusterVersions?.join(', ');
    reasons.push(
      `version ${info.spec.version} is made for platform ${targets}, cluster ${cluster.name} has ${cluster.platformVersion}`,
    );
  }
  if (running !== '' && !inRange(running, spec.supportedUpgradeVersions)) {
    reasons.push(
      `version ${info.spec.version} can be upgraded to from ${spec.supportedUpgradeVersions}, installed is ${running}`,
    );
  }
  return reasons;
}

/** Published plugins list their own name there, to say that one cluster has them once. */
function withoutItself(affinity: PluginAffinity | undefined, module: string): PluginAffinity | undefined {
  if (!affinity?.pluginAntiAffinity) return affinity;
  return { ...affinity, pluginAntiAffinity: affinity.pluginAntiAffinity.filter((it) => it !== module) };
}
