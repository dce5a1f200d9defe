import type { ClusterRuntime } from '../cluster-runtime.ts';
import { installPlatformCrds } from './crds.ts';
import { type StartPackagesOptions, startPackages } from './packages/start.ts';
import { startPlugins } from './plugins/start.ts';

export interface StartPlatformOptions extends StartPackagesOptions {
  /** Name of the state that the platform is brought into: `fresh` or `lived-in`. */
  state: string;
}

/** Divides the waiting times while the state is brought about. */
const seedingSpeed = 100;

/**
 * Makes the clusters a platform: its kinds, packages and cluster plugins. Plain clusters have none of it. Resolves when
 * all of it is served and the state has been reached; waiting times are short meanwhile.
 */
export async function startPlatform(
  clusters: readonly ClusterRuntime[],
  options: StartPlatformOptions,
): Promise<void> {
  const ours = clusters.filter(({ plain }) => !plain);
  const clocks = ours.map(({ clock }) => ({ clock, speed: clock.speed }));
  for (const { clock, speed } of clocks) clock.speed = Math.max(speed, seedingSpeed);
  try {
    await Promise.all(ours.map(installPlatformCrds));
    await Promise.all([startPackages(ours, options), startPlugins(ours, options)]);
  } finally {
    for (const { clock, speed } of clocks) clock.speed = speed;
  }
}
