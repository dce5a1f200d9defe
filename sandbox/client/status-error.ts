import type { Status } from './types.ts';

/** A request that the API server refused, with the `Status` it answered. */
export class StatusError extends Error {
  readonly status: Status;

  constructor(status: Status) {
    super(status.message ?? status.reason ?? 'unknown failure');
    this.name = 'StatusError';
    this.status = status;
  }

  get code(): number {
    return this.status.code ?? 500;
  }

  get reason(): string {
    return this.status.reason ?? '';
  }
}

/** Whether `error` is the API server's answer with that `reason`, e.g. `NotFound`, `Conflict`, `AlreadyExists`. */
export function hasReason(error: unknown, reason: string): boolean {
  return error instanceof StatusError && error.reason === reason;
}
