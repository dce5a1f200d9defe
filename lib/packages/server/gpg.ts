import 'server-only';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SignatureCheck = { good: true; signer: string } | { good: false; reason: string };

const timeoutMs = 10 * 60_000;
const maxOutput = 64 * 1024;

/** What a status line of gpg that is not a good signature means (gnupg's DETAILS document). */
const failures: [keyword: string, reason: string][] = [
  ['BADSIG', 'the signature does not match the file: it was changed, or the signature is forged'],
  ['REVKEYSIG', 'the key that signed it has been revoked'],
  ['EXPKEYSIG', 'the key that signed it has expired'],
  ['EXPSIG', 'the signature has expired'],
  ['NO_PUBKEY', 'the key that signed it is not among the trusted keys'],
  ['NODATA', 'the signature file holds no signature'],
  ['ERRSIG', 'the signature can not be checked'],
];

/**
 * Checks a detached signature with the machine's `gpg`: against the keys of `keyring` (a file of public keys), or, without
 * one, those that the user's own keyring holds.
 */
export async function checkSignature(
  file: string,
  signature: string,
  options: { keyring?: string; signal?: AbortSignal } = {},
): Promise<SignatureCheck> {
  if (!options.keyring) return verify([], file, signature, options.signal);
  // gpg imports before it verifies, so that armoured keys and keyrings are taken alike.
  const home = await mkdtemp(join(tmpdir(), 'violet-keys-'));
  try {
    const imported = await gpg(['--homedir', home, '--import', '--', options.keyring], options.signal);
    if (imported.status !== 0) {
      return { good: false, reason: unusable(imported) ?? `${options.keyring} holds no public keys` };
    }
    return await verify(['--homedir', home], file, signature, options.signal);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function verify(
  args: string[],
  file: string,
  signature: string,
  signal: AbortSignal | undefined,
): Promise<SignatureCheck> {
  const answer = await gpg([...args, '--status-fd', '1', '--verify', '--', signature, file], signal);
  const trouble = unusable(answer);
  if (trouble !== undefined) return { good: false, reason: trouble };
  const keywords = answer.output.split('\n').map((line) => /^\[GNUPG:\] (\w+)/.exec(line)?.[1]);
  const has = (keyword: string) => keywords.includes(keyword);
  const failure = failures.find(([keyword]) => has(keyword));
  if (answer.status === 0 && has('GOODSIG') && has('VALIDSIG') && !failure) {
    const [, signer = 'unknown'] = /\[GNUPG:\] GOODSIG \S+ (.*)/.exec(answer.output) ?? [];
    return { good: true, signer: signer.replace(/\p{Cc}/gu, '').slice(0, 200) };
  }
  return { good: false, reason: failure?.[1] ?? 'the signature can not be checked' };
}

interface Answer {
  status: number | undefined;
  output: string;
  missing: boolean;
}

function unusable({ status, missing }: Answer): string | undefined {
  if (missing) return 'GPG signatures are checked with gpg, which is not installed here';
  return status === undefined ? 'gpg did not answer in time' : undefined;
}

function gpg(args: string[], signal: AbortSignal | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const limits = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
    const child = spawn('gpg', ['--batch', '--no-tty', '--no-auto-key-retrieve', ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      signal: limits,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < maxOutput) output += text;
    });
    child.on('error', (error) => {
      if ('code' in error && error.code === 'ENOENT') resolve({ status: undefined, output, missing: true });
      else if (signal?.aborted) reject(error);
      else resolve({ status: undefined, output, missing: false });
    });
    child.on('close', (status) => resolve({ status: status ?? 1, output, missing: false }));
  });
}
