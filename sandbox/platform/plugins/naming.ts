import { createHash } from 'node:crypto';
import { canonicalJson } from '../../apiserver/json.ts';
import { annotations, labelOf, labels, type ModuleInfo } from './api.ts';

/** `<plugin>-<version>`: the name of the ModuleConfig that describes one version of a plugin. */
export function moduleConfigName(module: string, version: string): string {
  return `${module}-${version}`;
}

/**
 * The name that the platform gives to an installation, whatever name it was created under: the cluster, and the first
 * 32 hexadecimal digits of the SHA-256 of `<cluster>:<module>:<display name>`. The display name is the plain one of
 * the ModuleInfo's annotation, by default the module's name. Checked against published ModuleInfos.
 */
export function moduleInfoName(cluster: string, module: string, displayName = module): string {
  const digest = createHash('sha256').update(`${cluster}:${module}:${displayName}`).digest('hex');
  return `${cluster}-${digest.slice(0, 32)}`;
}

/** The name under which this installation belongs, from its labels. */
export function finalNameOf(info: ModuleInfo): string {
  const module = labelOf(info, labels.module);
  return moduleInfoName(labelOf(info, labels.cluster), module, plainDisplayName(info, module));
}

/** The plain display name of a ModuleInfo. Published ones carry plain and translated name in either annotation. */
export function plainDisplayName(info: ModuleInfo, module: string): string {
  for (const key of [annotations.displayName, annotations.moduleName]) {
    const text = info.metadata.annotations?.[key];
    if (text && !text.trimStart().startsWith('{')) return text;
  }
  return module;
}

/** A short stable digest of any JSON value: `specHash` of the plugin kinds. */
export function specHash(spec: unknown): string {
  return createHash('sha256').update(canonicalJson(spec)).digest('hex').slice(0, 16);
}
