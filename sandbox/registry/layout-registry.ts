import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RegistrySource } from './image-registry.ts';

const refName = 'org.opencontainers.image.ref.name';
const indexSchema = z.object({
  manifests: z.array(
    z.object({
      digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
      annotations: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/**
 * A folder in OCI layout form in place of a registry: images are called `<address>/<repository>:<tag>` in its
 * `index.json`. Read anew for every question, because others write it.
 */
export function layoutRegistry(folder: string, address: string): RegistrySource {
  const names = async () => {
    const text = await readFile(join(folder, 'index.json'), 'utf8').catch(() => '{"manifests":[]}');
    const { manifests } = indexSchema.parse(JSON.parse(text));
    return manifests.flatMap(({ digest, annotations }) => {
      const name = annotations?.[refName] ?? '';
      const [, repository, tag] = /^(.+):([^:/]+)$/.exec(name.slice(address.length + 1)) ?? [];
      return name.startsWith(`${address}/`) && repository && tag ? [{ repository, tag, digest }] : [];
    });
  };
  const blob = async (digest: string, maxBytes: number) => {
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined;
    const file = join(folder, 'blobs', 'sha256', digest.slice('sha256:'.length));
    const size = (await stat(file).catch(() => undefined))?.size;
    if (size === undefined) return undefined;
    if (size > maxBytes) throw new Error(`registry ${address}: ${digest} is larger than ${maxBytes} bytes`);
    return readFile(file);
  };
  return {
    address,
    async manifest(repository, reference) {
      const tagged = (await names()).find((it) => it.repository === repository && it.tag === reference);
      return blob(tagged?.digest ?? reference, 4 * 1024 * 1024);
    },
    blob: (_repository, digest, maxBytes) => blob(digest, maxBytes),
  };
}
