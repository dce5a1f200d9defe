import { now } from '../../now.ts';
import { changeStatus } from '../change.ts';
import {
  type ModuleCondition,
  type ModuleInfo,
  type ModuleInfoStatus,
  type ReleaseStatus,
  refs,
} from './api.ts';
import type { PluginContext } from './context.ts';
import { specHash } from './naming.ts';

/**
 * Writes the given fields of an installation's status; a field set to `undefined` is taken away. Nothing is written
 * when nothing but probe times would change.
 */
export async function writeStatus(
  context: PluginContext,
  info: ModuleInfo,
  fields: { [K in keyof ModuleInfoStatus]?: ModuleInfoStatus[K] | undefined },
): Promise<ModuleInfo | undefined> {
  const key = { name: info.metadata.name ?? '' };
  return changeStatus<ModuleInfo>(context.global.client, refs.moduleInfos, key, (latest) => {
    const before = latest.status ?? { phase: '', version: '' };
    // By way of JSON the undefined fields go.
    const after = JSON.parse(JSON.stringify({ ...before, ...fields })) as ModuleInfoStatus;
    if (fields.conditions) after.conditions = keepTransitions(before.conditions ?? [], fields.conditions);
    if (latest.metadata.uid !== info.metadata.uid || same(before, after)) return false;
    latest.status = after;
    return true;
  });
}

/** The condition that sums an installation up. */
export function readyCondition(status: 'True' | 'False', reason: string, message: string): ModuleCondition {
  const time = now();
  return { type: 'Ready', status, reason, message, lastProbeTime: time, lastTransitionTime: time };
}

function keepTransitions(before: ModuleCondition[], after: ModuleCondition[]): ModuleCondition[] {
  return after.map((condition) => {
    const old = before.find((it) => it.type === condition.type && it.status === condition.status);
    return old?.lastTransitionTime ? { ...condition, lastTransitionTime: old.lastTransitionTime } : condition;
  });
}

function same(a: ModuleInfoStatus, b: ModuleInfoStatus): boolean {
  const comparable = (status: ModuleInfoStatus) =>
    JSON.stringify({
      ...status,
      appReleases: status.appReleases?.map(({ lastProbeTime: _, ...rest }: ReleaseStatus) => rest),
      conditions: status.conditions?.map(({ lastProbeTime: _, ...rest }: ModuleCondition) => rest),
    });
  return comparable(a) === comparable(b);
}

/** Digest of what the user asks for; the link that the platform adds to the spec doesn't count. */
export function hashOf({ spec }: ModuleInfo): string {
  const { version, config, valuesOverride } = spec;
  return specHash({ version, config: config ?? {}, valuesOverride: valuesOverride ?? {} });
}

/** Whether one version runs and another is asked for. */
export function isUpgrade({ spec, status }: ModuleInfo): boolean {
  return (status?.version ?? '') !== '' && status?.version !== spec.version;
}

/** The status fields of an installation that is on its way. */
export function progress(info: ModuleInfo): { phase: string; version: string; specHash: string } {
  const phase = isUpgrade(info) ? 'Upgrading' : 'Processing';
  return { phase, version: info.status?.version ?? '', specHash: hashOf(info) };
}
