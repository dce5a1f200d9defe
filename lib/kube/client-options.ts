import type { RequestPlace } from './errors';
import type { KubeObject, ResourceRef } from './types';

export interface ReadOptions {
  namespace?: string;
  signal?: AbortSignal;
}

export interface ListOptions extends ReadOptions {
  labelSelector?: string;
  fieldSelector?: string;
}

export interface WriteOptions extends ReadOptions {
  /** Runs every check of the API server and stores nothing. */
  dryRun?: boolean;
  /** The console's own bookkeeping, such as a lease that is renewed: not told to `onWrite`. */
  unrecorded?: boolean;
  /** The object as it was read before, so that a record can say what it was. */
  before?: KubeObject;
}

/** A write that was sent, and what became of it. */
export interface SentWrite {
  place: RequestPlace;
  ref: ResourceRef;
  /** What was sent: an object, a merge patch, or the operations of a JSON patch. */
  body: unknown;
  before?: KubeObject;
  /** The object as the API server answered it. */
  after?: KubeObject;
  error?: unknown;
}
