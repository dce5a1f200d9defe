/** Where a command writes to. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person looks at it, and how wide it is. */
  width: number | undefined;
  signal: AbortSignal;
  /** Whoever signed packages (`VIOLET_KEYRING`). */
  keyring: string | undefined;
  /** File of the platform's certificate authority (`PLATFORM_CA`). */
  platformCa: string | undefined;
  secrets: {
    platformToken: string | undefined;
    platformPassword: string | undefined;
    registryPassword: string | undefined;
  };
}

/** Text of others on one line without control characters, which could rewrite what stands on a terminal. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
