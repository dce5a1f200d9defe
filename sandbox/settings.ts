import path from 'node:path';
import { z } from 'zod';

const flag = z
  .enum(['0', '1', 'false', 'true', ''])
  .default('0')
  .transform((value) => value === '1' || value === 'true');

const paths = z
  .string()
  .default('')
  .transform((value) => value.split(':').filter((part) => part !== ''));

const schema = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(6_446),
  SANDBOX_DIR: z
    .string()
    .min(1)
    .default('.sandbox')
    .transform((value) => path.resolve(value)),
  SANDBOX_STATE: z.enum(['lived-in', 'fresh']).default('lived-in'),
  SANDBOX_CATALOGS: paths,
  SANDBOX_BUNDLES: z.string().optional(),
  SANDBOX_PLAIN: flag,
  SANDBOX_FAULTS: flag,
  SANDBOX_SYNTHESISE: flag,
  SANDBOX_SPEED: z.coerce.number().positive().max(10_000).default(1),
});

/** The sandbox's settings, read once from the environment. */
export interface Settings {
  port: number;
  /** Absolute path of the folder for `ca.crt` and `kubeconfig`. */
  dir: string;
  state: 'lived-in' | 'fresh';
  /** More file-based catalogs, each `path` or `name=path`. */
  catalogs: string[];
  /** A folder that stands for the registry of bundle images. */
  bundles: string | undefined;
  plain: boolean;
  faults: boolean;
  synthesise: boolean;
  speed: number;
}

/**
 * Reads `SANDBOX_*`.
 * @throws an error whose message names the variable and what it must be
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  // An empty variable is one that was not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    const variable = String(problem?.path[0] ?? 'SANDBOX_*');
    throw new Error(
      `${variable}=${environment[variable] ?? ''} can't be used: ${problem?.message ?? 'invalid'}.`,
    );
  }
  const read = parsed.data;
  return {
    port: read.SANDBOX_PORT,
    dir: read.SANDBOX_DIR,
    state: read.SANDBOX_STATE,
    catalogs: read.SANDBOX_CATALOGS,
    bundles: read.SANDBOX_BUNDLES || undefined,
    plain: read.SANDBOX_PLAIN,
    faults: read.SANDBOX_FAULTS,
    synthesise: read.SANDBOX_SYNTHESISE,
    speed: read.SANDBOX_SPEED,
  };
}
