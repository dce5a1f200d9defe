import type { ReconcileResult } from '../../client/controller.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { labelOf, labels, type ModuleConfig, type ModuleInfo, type ModuleInfoStatus, refs } from './api.ts';
import { type Assessment, assess, missingLabelsOf } from './assessment.ts';
import { availableVersions } from './available-versions.ts';
import { configsOf, installedModules, type PluginContext, platformVersionOf } from './context.ts';
import { noteEntrypoint, noteUpgradeEnd, noteUpgradeStart } from './installation-notes.ts';
import { hashOf, isUpgrade, progress, readyCondition, writeStatus } from './installation-status.ts';
import { finalNameOf, moduleConfigName, specHash } from './naming.ts';
import { releaseStatuses, writeReleases } from './releases.ts';
import { removeBlockers } from './remove-blockers.ts';
import { adopt, rename } from './rename.ts';
import { deadline, timing } from './timing.ts';
import { uninstall } from './uninstall.ts';

/** Reconciles one ModuleInfo at a time towards its spec. */
export class InstallationWorker {
  readonly #context: PluginContext;
  /** Since when (milliseconds) something that an installation needs has been missing. */
  readonly #missingSince = new Map<string, number>();

  constructor(context: PluginContext) {
    this.#context = context;
  }

  async reconcile(name: string): Promise<ReconcileResult | undefined> {
    const context = this.#context;
    const { client, clock, signal } = context.global;
    const info = await client.find<ModuleInfo>(refs.moduleInfos, { name });
    if (!info || info.metadata.deletionTimestamp) this.#missingSince.delete(name);
    if (!info) return undefined;
    if (info.metadata.deletionTimestamp) return uninstall(context, info);
    const incomplete = missingLabelsOf(info);
    if (incomplete.length > 0) return this.#fail(info, incomplete);
    if (name !== finalNameOf(info)) {
      await clock.sleep(timing.rename, signal);
      const problem = await rename(context, info);
      return problem ? this.#fail(info, [problem]) : undefined;
    }
    if (await adopt(context, info)) return undefined;
    if (info.status?.specHash !== hashOf(info)) await clock.sleep(timing.statusLag, signal);
    return this.#follow(info);
  }

  async #follow(info: ModuleInfo): Promise<ReconcileResult | undefined> {
    const target = this.#context.clusters.get(labelOf(info, labels.cluster));
    const config = this.#configOf(info);
    const settled = info.status?.phase === 'Running' && info.status.specHash === hashOf(info);
    if (settled && config && target) return this.#refresh(info, config, target);

    const assessment = this.#assess(info, target, config);
    if (assessment.verdict !== 'missing') this.#missingSince.delete(info.metadata.name ?? '');
    switch (assessment.verdict) {
      case 'refused':
        return this.#fail(info, assessment.reasons);
      case 'missing':
        return this.#miss(info, assessment.reasons);
      case 'waiting':
        return this.#wait(info, assessment.reasons);
      case 'go':
        return target && this.#carryOut(info, assessment.config, target);
    }
  }

  #configOf(info: ModuleInfo): ModuleConfig | undefined {
    const name = moduleConfigName(labelOf(info, labels.module), info.spec.version);
    return this.#context.configs.get({ name });
  }

  #assess(
    info: ModuleInfo,
    target: ClusterRuntime | undefined,
    config: ModuleConfig | undefined,
  ): Assessment {
    const name = labelOf(info, labels.cluster);
    const registered = this.#context.registered.get({ name });
    const cluster =
      registered && target
        ? {
            name,
            labels: registered.metadata.labels ?? {},
            platformVersion: platformVersionOf(this.#context, name),
          }
        : undefined;
    return assess(info, {
      config,
      cluster,
      installed: installedModules(this.#context, info.metadata.name),
    });
  }

  /** Writes the releases and follows them; the version counts as there when all of them are ready. */
  async #carryOut(info: ModuleInfo, config: ModuleConfig, target: ClusterRuntime): Promise<undefined> {
    const context = this.#context;
    if (isUpgrade(info)) await noteUpgradeStart(context, info);
    await writeReleases(target, info, config);
    const appReleases = await releaseStatuses(target, config);
    const failed = appReleases.filter((it) => it.failed);
    if (failed.length > 0) {
      const reasons = failed.map((it) => `release ${it.name}: ${it.message ?? it.reason ?? 'failed'}`);
      return this.#fail(info, reasons, { appReleases });
    }
    const late = appReleases.filter((it) => !it.ready).map((it) => it.name);
    if (late.length > 0) {
      await writeStatus(context, info, {
        ...progress(info),
        appReleases,
        blockReasons: undefined,
        conditions: [readyCondition('False', 'Deploying', `waiting for releases: ${late.join(', ')}`)],
      });
      return undefined;
    }
    if (isUpgrade(info)) await noteUpgradeEnd(context, info);
    await noteEntrypoint(context, info, config);
    await writeStatus(context, info, {
      phase: 'Running',
      version: info.spec.version,
      specHash: hashOf(info),
      moduleconfigSpecHash: specHash(config.spec),
      appReleases,
      availableVersions: this.#available(info, target),
      blockReasons: undefined,
      removeIsPrevented: await isKept(config, target),
      conditions: [readyCondition('True', 'Running', '')],
    });
    return undefined;
  }

  /** A running installation: what it can be upgraded to, and how its releases do, may have changed. */
  async #refresh(info: ModuleInfo, config: ModuleConfig, target: ClusterRuntime): Promise<ReconcileResult> {
    await writeReleases(target, info, config);
    await writeStatus(this.#context, info, {
      appReleases: await releaseStatuses(target, config),
      availableVersions: this.#available(info, target),
      removeIsPrevented: await isKept(config, target),
    });
    return { requeueAfterMs: timing.runningRecheck };
  }

  #available(info: ModuleInfo, target: ClusterRuntime) {
    const configs = configsOf(this.#context, labelOf(info, labels.module));
    return availableVersions(info.spec.version, configs, platformVersionOf(this.#context, target.name));
  }

  async #wait(info: ModuleInfo, reasons: string[]): Promise<undefined> {
    await writeStatus(this.#context, info, {
      ...progress(info),
      blockReasons: reasons,
      conditions: [readyCondition('False', 'WaitingForDependencies', reasons.join('; '))],
    });
  }

  /** What is missing may be about to come: it is waited for a moment before the installation counts as failed. */
  async #miss(info: ModuleInfo, reasons: string[]): Promise<ReconcileResult | undefined> {
    const name = info.metadata.name ?? '';
    const since = this.#missingSince.get(name) ?? Date.now();
    this.#missingSince.set(name, since);
    const { speed } = this.#context.global.clock;
    const left = deadline('missingGrace', speed) - (Date.now() - since);
    if (left <= 0 || info.status?.phase === 'Failed') return this.#fail(info, reasons);
    await this.#wait(info, reasons);
    return { requeueAfterMs: left * speed };
  }

  async #fail(
    info: ModuleInfo,
    reasons: string[],
    more: Pick<ModuleInfoStatus, 'appReleases'> = {},
  ): Promise<undefined> {
    await writeStatus(this.#context, info, {
      ...more,
      ...progress(info),
      phase: 'Failed',
      blockReasons: reasons,
      conditions: [readyCondition('False', 'Blocked', reasons.join('; '))],
    });
  }
}

async function isKept(config: ModuleConfig, target: ClusterRuntime): Promise<true | undefined> {
  const blockers = await removeBlockers(target, config.spec.resourcesBlockRemove);
  return blockers.length > 0 ? true : undefined;
}
