import 'server-only';
import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

const ALGORITHM = { alg: 'dir', enc: 'A256GCM' } as const;

/**
 * Encrypts a value so that any replica with the same key reads it and nobody else can read or change it.
 * @param keys the first one seals
 */
export async function seal(value: unknown, keys: readonly string[]): Promise<string> {
  const [first] = keys;
  if (!first) throw new Error('no key to seal with');
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return new CompactEncrypt(bytes).setProtectedHeader(ALGORITHM).encrypt(deriveKey(first));
}

/** Opens what `seal` made with any of the keys; `undefined` when none fits or the text was changed. */
export async function unseal(sealed: string, keys: readonly string[]): Promise<unknown> {
  for (const key of keys) {
    try {
      const { plaintext } = await compactDecrypt(sealed, deriveKey(key), {
        keyManagementAlgorithms: [ALGORITHM.alg],
        contentEncryptionAlgorithms: [ALGORITHM.enc],
      });
      return JSON.parse(new TextDecoder().decode(plaintext));
    } catch {
      // Sealed with another key, or not by us.
    }
  }
  return undefined;
}

function deriveKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'marketplace-console session', 32));
}
