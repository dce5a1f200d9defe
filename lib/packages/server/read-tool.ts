import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '@/lib/kube/problem';
import type { ToolFile } from '../upload-contract';

/**
 * The tool for the command line, or its checksum. The production build puts both beside the server, which runs there.
 * @throws ProblemError `not-found` where the console was not built, as in development
 */
export async function readTool(file: ToolFile): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(join(process.cwd(), 'tool', file)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ProblemError(
      'not-found',
      `${file} is made by the production build: start the console with npm start.`,
    );
  }
}
