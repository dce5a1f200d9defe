import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { haveRecordings, recording } from './recordings';

const folder = 'catalogs/bundles';
const root = new URL(`../../../shared/data/${folder}/`, import.meta.url);

/** The real bundle images beside the project, `<package>_v<version>`; none where they are not. */
export const bundleImages: string[] = haveRecordings
  ? readdirSync(root).map((name) => name.replace('quay.io_operatorhubio_', ''))
  : [];

/** The manifests of one bundle image, as text by file name. */
export function bundleManifests(image: string): Record<string, string> {
  const path = `quay.io_operatorhubio_${image}/manifests`;
  const files = readdirSync(fileURLToPath(new URL(`${path}/`, root)));
  return Object.fromEntries(files.map((file) => [file, recording(`${folder}/${path}/${file}`)]));
}
