export const MASK = '<removed>';

// Every pattern is bounded and runs over text of bounded length.
const patterns: [RegExp, string][] = [
  [
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,10000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
    MASK,
  ],
  // JSON Web Tokens, among them the tokens of ServiceAccounts.
  [/\beyJ[\w-]{5,4000}\.[\w-]{2,4000}(?:\.[\w-]{0,4000})?/g, MASK],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,4000}/gi, `$1 ${MASK}`],
  // User and password in an address.
  [/([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@'"]{1,500}@/gi, `$1${MASK}@`],
  [
    /((?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?\w{0,20}["']?\s{0,3}[:=]\s{0,3}["']?)[^\s"',;&]{1,2000}/gi,
    `$1${MASK}`,
  ],
];

/** Text without what looks like a password, a token or a key: whoever reads it may not be who may know them. */
export function maskSecrets(text: string): string {
  return patterns.reduce((masked, [pattern, by]) => masked.replace(pattern, by), text);
}
