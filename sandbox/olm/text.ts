import { createHash } from 'node:crypto';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A SHA-224 of `value` in base 62, 38 characters at most: how OLM shortens what must be unique but a legal name. */
export function hashOf(value: unknown): string {
  const hex = createHash('sha224')
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('hex');
  let number = BigInt(`0x${hex}`);
  let text = '';
  while (number > 0n) {
    text = digits.charAt(Number(number % 62n)) + text;
    number /= 62n;
  }
  return text.slice(0, 38);
}

/** FNV-1a of 64 bits in hexadecimal. */
export function fnv64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16);
}

/** `base` cut so that `base-hash` fits in the 63 characters of a label value (OLM's generated RBAC names). */
export function nameWithHash(base: string, value: unknown): string {
  const hash = hashOf(value);
  return `${base.slice(0, 62 - hash.length)}-${hash}`;
}

/** The operator that an object is tied to by a label: `<package>.<namespace>`, at most 63 characters as all such names. */
export function operatorName(packageName: string, namespace: string): string {
  const name = `${packageName}.${namespace}`;
  // A label's name ends with a letter or digit, so what the cut leaves at the end goes too.
  return name.length <= 63 ? name : name.slice(0, 63).replace(/[-._]+$/, '');
}

/** The key of the label that ties an object to its operator. */
export function operatorLabel(packageName: string, namespace: string): string {
  return `operators.coreos.com/${operatorName(packageName, namespace)}`;
}
