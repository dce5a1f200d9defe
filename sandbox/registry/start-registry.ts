import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startDockerRegistry } from './docker-registry.ts';
import { httpRegistry } from './http-registry.ts';
import { ImageRegistry } from './image-registry.ts';
import { layoutRegistry } from './layout-registry.ts';

/** The platform's registry. */
export interface PlatformRegistry {
  images: ImageRegistry;
  /** As images are named after it. */
  address: string;
  /** Where it is a folder in OCI layout form: its path. */
  layout?: string;
  close(): void;
}

/** What a registry is called that is a folder. */
const layoutAddress = 'registry.sandbox.example:11443';

/**
 * Starts the platform's registry with nothing in it: Debian's docker-registry where it is installed, else a folder in
 * OCI layout form.
 */
export async function startRegistry(dir: string): Promise<PlatformRegistry> {
  const folder = join(dir, 'registry');
  await rm(folder, { recursive: true, force: true });
  const running = await startDockerRegistry(folder);
  if (running) {
    const { address, close } = running;
    return { images: new ImageRegistry(httpRegistry(`http://${address}`)), address, close };
  }
  await mkdir(folder, { recursive: true });
  return {
    images: new ImageRegistry(layoutRegistry(folder, layoutAddress)),
    address: layoutAddress,
    layout: folder,
    close: () => undefined,
  };
}
