import { field, list, text } from '../untrusted';
import type { Cause } from './cause';
import type { Scene } from './facts';

/** What the Subscription asks for and its catalog does not have, as far as its PackageManifest is known. */
export function offerTrouble(scene: Scene): Cause | undefined {
  const { packageManifest } = scene.facts;
  const { spec } = scene.subscription;
  if (packageManifest === undefined) return undefined;
  if (packageManifest === null) return { id: 'packageNotFound', package: spec.name, catalog: spec.source };
  const channel = spec.channel || text(field(field(packageManifest, 'status'), 'defaultChannel'), 253);
  const found = channelsOf(packageManifest).find((it) => field(it, 'name') === channel);
  if (!found) return channelNotFound(scene, channel, spec.name);
  const versions = list(field(found, 'entries'), (entry) => text(field(entry, 'name'), 253), 1000);
  if (!spec.startingCSV || versions.length === 0 || versions.includes(spec.startingCSV)) return undefined;
  return versionNotFound(scene, spec.startingCSV, channel, spec.name);
}

export function channelNotFound({ facts }: Scene, channel: string, name: string): Cause {
  const channels = channelsOf(facts.packageManifest).map((it) => text(field(it, 'name'), 253));
  return { id: 'channelNotFound', package: name, channel, channels: channels.slice(0, 50) };
}

export function versionNotFound({ facts }: Scene, version: string, channel: string, name: string): Cause {
  const found = channelsOf(facts.packageManifest).find((it) => field(it, 'name') === channel);
  const versions = list(field(found, 'entries'), (entry) => text(field(entry, 'name'), 253), 50);
  return { id: 'versionNotFound', package: name, channel, version, versions };
}

export function channelsOf(packageManifest: unknown): unknown[] {
  return list(field(field(packageManifest, 'status'), 'channels'), (channel) => channel, 200);
}
