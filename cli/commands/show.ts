import { inspectPackage } from '@/lib/packages/server/inspect-package';
import { onePath } from '../check-flags';
import type { Given } from '../flags';
import { plain, type Terminal } from '../terminal';

/** `violet show PACKAGE [--all]`: what a package is, in the manual's form. */
export async function show(given: Given, terminal: Terminal): Promise<number> {
  const path = onePath(given, 'the package to show');
  const { summary } = await inspectPackage(path, { signal: terminal.signal });
  if (given.has('json')) {
    terminal.out(`${JSON.stringify(summary)}\n`);
    return 0;
  }
  const lines = [
    `Name: ${summary.displayName}`,
    `Type: ${summary.type}`,
    `Arch: [${summary.platforms.join(' ')}]`,
    `Version: ${summary.version}`,
  ];
  if (given.has('all')) {
    lines.push(`Artifact: ${summary.artifact ?? ''}`, `RelateImages: [${summary.relatedImages.join(' ')}]`);
  }
  terminal.out(`${lines.map(plain).join('\n')}\n`);
  return 0;
}
