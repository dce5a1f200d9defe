import 'server-only';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'marketplace-uploads-';

/**
 * A folder of this process for files on their way, readable by nobody else. It goes when the process ends; folders
 * of processes that were killed are removed here.
 */
export function makeUploadFolder(): string {
  const temporary = tmpdir();
  for (const name of readdirSync(temporary)) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(temporary, name), { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(temporary, `${PREFIX}${process.pid}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs for another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
