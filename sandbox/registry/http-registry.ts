import type { RegistrySource } from './image-registry.ts';

const maxManifestBytes = 4 * 1024 * 1024;
const accepted = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** A registry behind the OCI distribution protocol, at `http://` or `https://`. */
export function httpRegistry(base: string): RegistrySource {
  const { host } = new URL(base);
  const url = (path: string) => new URL(`/v2/${path}`, base);
  const get = (path: string, maxBytes: number, headers: Record<string, string> = {}) =>
    read(url(path), maxBytes, headers);
  return {
    address: host,
    manifest: (repository, reference) =>
      get(`${repository}/manifests/${reference}`, maxManifestBytes, { accept: accepted }),
    blob: (repository, digest, maxBytes) => get(`${repository}/blobs/${digest}`, maxBytes),
  };
}

async function read(
  url: URL,
  maxBytes: number,
  headers: Record<string, string>,
): Promise<Buffer | undefined> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(60_000) });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`registry ${url.host}: ${url.pathname} answered ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    // The body of fetch is a stream of bytes.
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > maxBytes)
      throw new Error(`registry ${url.host}: ${url.pathname} is larger than ${maxBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
