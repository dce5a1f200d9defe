import 'server-only';
import { z } from 'zod';

const hintsSchema = z.array(z.object({ label: z.string().min(1), token: z.string().min(1) }));
export type SignInHint = z.infer<typeof hintsSchema>[number];

const secretSchema = z
  .string({
    error: 'not set: give one or several keys of at least 32 bytes, comma-separated',
  })
  .transform((value) => value.split(',').map((key) => key.trim()))
  .refine((keys) => keys.every((key) => Buffer.byteLength(key) >= 32), {
    error: 'every key needs at least 32 bytes',
  });

const environmentSchema = z.object({
  PLATFORM_URL: z.url({ protocol: /^https?$/ }).optional(),
  PLATFORM_CA: z.string().optional(),
  KUBECONFIG: z.string().optional(),
  OPERATOR_SOURCES: z.string().optional(),
  RUNS_NAMESPACE: z
    .string()
    .max(63)
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: 'must be the name of a namespace' })
    .optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SESSION_SECRET: secretSchema,
  SIGN_IN_HINTS: z
    .string()
    .default('[]')
    .transform((text, context) => {
      try {
        return hintsSchema.parse(JSON.parse(text));
      } catch {
        context.addIssue('must be a JSON list of {"label","token"}');
        return z.NEVER;
      }
    }),
});

export interface Environment {
  platformUrl?: string;
  platformCa?: string;
  kubeconfig?: string;
  /** File of the table that tells an operator's source type, in place of the default one. */
  operatorSources?: string;
  /** Where batch upgrades are kept on each cluster, in place of the platform's own namespace. */
  runsNamespace?: string;
  /** How browsers reach the console; never derived from a request. */
  publicUrl: URL;
  /** Whether only this machine can reach the console. */
  listensOnLoopback: boolean;
  /** Sealing keys of the session, the first one seals. */
  sessionKeys: readonly string[];
  signInHints: readonly SignInHint[];
}

let parsed: Environment | undefined;

/**
 * The console's settings, read from the process once.
 * @throws Error naming every variable that is missing or wrong.
 */
export function environment(): Environment {
  parsed ??= parse(process.env);
  return parsed;
}

function parse(source: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The console can't start with these settings. ${problems.join('; ')}`);
  }
  const values = result.data;
  const host = values.HOST.includes(':') ? `[${values.HOST}]` : values.HOST;
  return {
    platformUrl: values.PLATFORM_URL?.replace(/\/+$/, ''),
    platformCa: values.PLATFORM_CA,
    kubeconfig: values.KUBECONFIG,
    operatorSources: values.OPERATOR_SOURCES,
    runsNamespace: values.RUNS_NAMESPACE,
    publicUrl: new URL(values.PUBLIC_URL ?? `http://${host}:${values.PORT}`),
    listensOnLoopback: ['127.0.0.1', '::1', 'localhost'].includes(values.HOST),
    sessionKeys: values.SESSION_SECRET,
    signInHints: values.SIGN_IN_HINTS,
  };
}
