import { resolve } from 'node:path';
import type { Verification } from '@/lib/packages/contract';
import { verifyPackages } from '@/lib/packages/server/verify-package';
import { onePath } from '../check-flags';
import type { Given } from '../flags';
import { plain, type Terminal } from '../terminal';

const groups: [Verification['outcome'], string][] = [
  ['gpg', 'Verified successfully with GPG'],
  ['checksum', 'Verified successfully with checksum'],
  ['failed', 'Verification failed'],
  ['none', 'No verification file found'],
];

/** `violet verify FILE|FOLDER`: 0 when all are verified, 1 when one fails, 3 when one has nothing to be verified by. */
export async function verify(given: Given, terminal: Terminal): Promise<number> {
  const path = resolve(onePath(given, 'the package or folder to verify'));
  const keyring = given.text('keyring') ?? terminal.keyring;
  const results = await verifyPackages(path, { signal: terminal.signal, ...(keyring ? { keyring } : {}) });
  if (given.has('json')) terminal.out(`${JSON.stringify({ path, results })}\n`);
  else terminal.out(`${text(path, results, given.has('debug'))}\n`);
  if (results.some(({ outcome }) => outcome === 'failed')) {
    for (const { file, reason } of results) if (reason) terminal.err(`${plain(file)}: ${plain(reason)}\n`);
    return 1;
  }
  return results.some(({ outcome }) => outcome === 'none') ? 3 : 0;
}

function text(path: string, results: readonly Verification[], debug: boolean): string {
  const blocks = groups.flatMap(([outcome, title]) => {
    const files = results.filter((result) => result.outcome === outcome);
    if (files.length === 0) return [];
    const lines = files.map(({ file, signer }) => `  - ${file}${debug && signer ? ` (${signer})` : ''}`);
    return [[`${title}: ${files.length} file(s)`, ...lines].map(plain).join('\n')];
  });
  return `verify path: ${plain(path)}\n===== Verification Summary =====\n${blocks.join('\n\n')}`;
}
