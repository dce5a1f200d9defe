import { z } from 'zod';

const statusSchema = z.looseObject({
  code: z.number().int().min(400).max(599),
  reason: z.string().optional(),
  message: z.string().optional(),
});

const faultSchema = z.strictObject({
  /** Path pattern, `*` for anything, e.g. `/kubernetes/business/apis/operators.coreos.com/*`. */
  path: z.string().min(1).max(500),
  methods: z.array(z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])).optional(),
  /** Answers only after this time. */
  delayMs: z.number().int().min(0).max(600_000).optional(),
  /** Answers this Status instead. */
  status: statusSchema.optional(),
  /** Closes the connection without an answer. */
  drop: z.boolean().optional(),
  /** Ends watches after this time, as a proxy that loses patience does. */
  cutAfterMs: z.number().int().min(0).max(3_600_000).optional(),
  /** How many requests are hit; all of them when absent. */
  times: z.number().int().min(1).optional(),
});

const names = z.array(z.string().min(1).max(500)).optional();

/** The body of `POST /sandbox/faults`. Every part may be left out. */
export const faultsSchema = z.strictObject({
  /** Forgets all standing faults first. */
  reset: z.boolean().optional(),
  faults: z.array(faultSchema).max(100).optional(),
  /** Ends the watches that run now and match. */
  cutWatches: z.string().min(1).max(500).optional(),
  /** Clusters whose history is forgotten. */
  compact: names,
  /** Ends all connections and forgets all history, as a restart of the API servers does. */
  restart: z.boolean().optional(),
  images: z.strictObject({ refuse: names, allow: names, keepUnready: names, allowReady: names }).optional(),
});

export type FaultsBody = z.infer<typeof faultsSchema>;
export type Fault = z.infer<typeof faultSchema>;
