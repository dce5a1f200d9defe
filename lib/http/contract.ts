import { z } from 'zod';

/** The body of every refused request: RFC 9457 problem details, plus what Kubernetes said. */
export const problemSchema = z.object({
  title: z.string(),
  detail: z.string(),
  status: z.number(),
  /** The closed set of what can go wrong; `messages/` has a sentence for each. */
  code: z.enum([
    'misdirected',
    'unauthenticated',
    'foreign-origin',
    'unsupported-media-type',
    'invalid-input',
    'not-found',
    'forbidden',
    'conflict',
    'precondition-failed',
    'refused-by-cluster',
    'cluster-unreachable',
    'too-large',
    'too-many-requests',
    'internal',
  ]),
  cluster: z.string().optional(),
  reason: z.string().optional(),
  verb: z.string().optional(),
  resource: z.string().optional(),
  namespace: z.string().optional(),
  name: z.string().optional(),
  requestId: z.string().optional(),
  /** Which fields of the input are wrong, by path. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** What became of each object, when several were written. */
  steps: z.array(z.unknown()).optional(),
  /** What `detail` is made of, as the subject's own contract says: for a sentence in the reader's language. */
  causes: z.array(z.unknown()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
export type ProblemCode = Problem['code'];

/** What could not be read, so that an incomplete answer says so. */
export const partialSchema = z.array(z.object({ resource: z.string(), reason: z.string() }));

/** A condition of an object's status, as Kubernetes' conventions have it. */
export const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: z.string().optional(),
});

/** With `?dryRun=true` everything is checked, by the cluster too, and nothing is written. */
export const dryRunQuerySchema = z.object({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});
