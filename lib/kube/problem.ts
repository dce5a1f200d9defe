import 'server-only';

/** A refusal that the console itself gives, in the closed set of the wire's problem codes. */
export class ProblemError<Code extends string = string> extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: Code,
    /** A sentence for the reader: who was asked, for what, and what to try. */
    readonly detail: string,
    readonly extra: {
      cluster?: string;
      reason?: string;
      verb?: string;
      resource?: string;
      namespace?: string;
      name?: string;
      fields?: { path: string; message: string }[];
      steps?: unknown[];
      causes?: unknown[];
    } = {},
  ) {
    super(detail);
  }
}
