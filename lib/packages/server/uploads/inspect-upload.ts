import 'server-only';
import { rm, writeFile } from 'node:fs/promises';
import type { Verification } from '../../contract';
import type { InspectedUpload, InspectInput } from '../../upload-contract';
import { inspectPackage } from '../inspect-package';
import { verifyChecksum, verifyPackage } from '../verify-package';
import { refusal } from './package-refusal';
import { uploads } from './uploads';

/**
 * Reads and verifies a package that has been sent whole, by what lay beside it or a checksum that was typed. One that
 * is unsound, harmful, fails to verify or is a twin of another one is removed.
 * @throws ProblemError that says what is wrong with the package, or that a part of it is still missing
 */
export async function inspectUpload(
  owner: string,
  id: string,
  input: InspectInput,
  signal: AbortSignal,
): Promise<InspectedUpload> {
  const known = uploads();
  const upload = await known.takeWhole(id, owner);
  let keep = false;
  try {
    const file = await known.named(upload);
    const verification = await verify(file, input, signal);
    const { summary } = await inspectPackage(file, { signal });
    if (verification.outcome !== 'failed') {
      await known.settle(upload, summary);
      keep = true;
    }
    upload.verification = verification;
    return { summary, verification: { ...verification, file: upload.fileName } };
  } catch (error) {
    // Whoever went away may come back and ask again.
    keep = signal.aborted;
    throw refusal(error, upload, known);
  } finally {
    upload.busy = false;
    if (!keep) await known.remove(id);
  }
}

async function verify(file: string, input: InspectInput, signal: AbortSignal): Promise<Verification> {
  const typed = input.checksum?.trim() ?? '';
  if (/^(sha256:)?[0-9a-f]{64}$/i.test(typed)) return verifyChecksum(file, typed, signal);
  const beside: [name: string, content: Buffer | string | undefined][] = [
    [`${file}.sig`, input.signature && Buffer.from(input.signature, 'base64')],
    [`${file}.sha256`, typed || undefined],
  ];
  for (const [name, content] of beside) if (content) await writeFile(name, content, { mode: 0o600 });
  try {
    return await verifyPackage(file, { signal });
  } finally {
    for (const [name] of beside) await rm(name, { force: true });
  }
}
