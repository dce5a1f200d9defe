import { createPackage } from '@/lib/packages/server/create/create-package';
import { inspectPackage } from '@/lib/packages/server/inspect-package';
import { onePath } from '../check-flags';
import type { Given } from '../flags';
import { plain, type Terminal } from '../terminal';
import { UsageError } from '../usage-error';

/** `violet create FOLDER`: packs it, reads the package back, and prints its path. */
export async function create(given: Given, terminal: Terminal): Promise<number> {
  const folder = onePath(given, 'the folder to pack');
  const platforms = given.text('platforms')?.split(',');
  const wrong = platforms?.find((platform) => !/^(linux\/)?[a-z0-9]+$/.test(platform));
  if (wrong !== undefined)
    throw new UsageError(`--platforms takes such as linux/amd64,linux/arm64, not ${wrong}.`);
  const artifact = given.text('artifact');
  const catalogSource = given.text('default-catalog-source');
  const file = await createPackage(folder, {
    images: given.all('images'),
    skipImages: given.has('skip-package-images'),
    output: given.text('output') ?? '.',
    signal: terminal.signal,
    ...(artifact ? { artifact } : {}),
    ...(catalogSource ? { catalogSource } : {}),
    ...(platforms ? { platforms } : {}),
  });
  const { summary } = await inspectPackage(file, { signal: terminal.signal });
  terminal.out(given.has('json') ? `${JSON.stringify({ file, ...summary })}\n` : `${plain(file)}\n`);
  return 0;
}
