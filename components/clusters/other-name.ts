import type { Cluster } from '@/lib/clusters/contract';

/** The display name of a cluster where it says more than its name: `Business` beside `business` does not. */
export function otherName({ name, displayName }: Pick<Cluster, 'name' | 'displayName'>): string | undefined {
  return displayName && displayName.toLowerCase() !== name.toLowerCase() ? displayName : undefined;
}
