/** How long the platform's plugin controllers take, in milliseconds at speed 1. The platform's minutes are seconds here. */
export const timing = {
  /** From the creation of a ModuleInfo to its final name. */
  rename: 400,
  /** From a changed spec to the first status about it: clients meet a phase that is not about what they asked for. */
  statusLag: 800,
  /** How long something that is missing may still turn up before the installation counts as failed. */
  missingGrace: 4_000,
  /** Between two looks at what holds an uninstall up. */
  blockedRecheck: 2_000,
  /** Between two looks at whether something would hold an uninstall up. */
  runningRecheck: 30_000,
  /** How long removing the releases takes. */
  uninstall: 2_500,
  /** From a new ModuleConfig to its readiness. */
  configReady: 500,
  /** From a new ModulePlugin, or a changed chart version, to the ModuleConfig made of it (the platform: 10 to 15 minutes). */
  pluginSync: 12_000,
  /** From a new AppRelease to its Deployments. */
  chartInstall: 1_500,
  /** How long the Deployments of a release may take before it counts as failed. */
  releaseTimeout: 45_000,
};

/** Deadlines that a busy machine must not break are no shorter than this, in real milliseconds, whatever the speed. */
const shortest = { missingGrace: 1_000, releaseTimeout: 8_000 };

/** How long a deadline is in real milliseconds. */
export function deadline(name: keyof typeof shortest, speed: number): number {
  return Math.max(timing[name] / speed, shortest[name]);
}
