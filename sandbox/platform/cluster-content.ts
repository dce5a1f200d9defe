import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = new URL('../content/clusters/', import.meta.url);

const clusterSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  /** The platform's word for how the cluster came to be, e.g. `Baremetal`, `Imported`. */
  type: z.string(),
  /** Version of the platform on it. */
  platformVersion: z.string(),
  /** What its `/version` tells. */
  gitVersion: z.string(),
  labels: z.record(z.string(), z.string()),
  architecture: z.enum(['amd64', 'arm64']),
  nodes: z.array(z.object({ name: z.string(), address: z.string(), role: z.string().optional() })),
  namespaces: z.array(z.string()),
  storageClasses: z.array(
    z.object({ name: z.string(), provisioner: z.string(), isDefault: z.boolean().optional() }),
  ),
});

/** One cluster as `content/clusters/<name>.yaml` describes it. */
export type ClusterContent = z.infer<typeof clusterSchema>;

/**
 * Reads the clusters that the sandbox consists of; `global` comes first.
 * @throws an error that names the file
 */
export async function readClusters(): Promise<ClusterContent[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));
  const clusters = await Promise.all(files.map(readCluster));
  return clusters.sort(
    (a, b) => Number(b.name === 'global') - Number(a.name === 'global') || a.name.localeCompare(b.name),
  );
}

async function readCluster(file: string): Promise<ClusterContent> {
  const parsed = clusterSchema.safeParse(parse(await readFile(new URL(file, folder), 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`content/clusters/${file}: ${z.prettifyError(parsed.error)}`);
}
