/** The command was called in a way that can't work; nothing has been read or sent. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
