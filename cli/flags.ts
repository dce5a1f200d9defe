import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';

const text = { type: 'string' } as const;
const toggle = { type: 'boolean' } as const;
const list = { type: 'string', multiple: true } as const;

const common = { debug: toggle, help: { ...toggle, short: 'h' }, json: toggle } as const;
const platform = {
  'platform-address': text,
  'platform-username': text,
  'platform-password': text,
  'platform-token': text,
  'client-id': text,
} as const;
const registry = {
  'dest-repo': text,
  username: text,
  password: text,
  'no-auth': toggle,
  plain: toggle,
} as const;

/** The flags of each command. */
export const commandFlags = {
  create: {
    ...common,
    artifact: text,
    images: list,
    'skip-package-images': toggle,
    platforms: text,
    'default-catalog-source': text,
    output: text,
  },
  show: { ...common, all: toggle },
  verify: { ...common, keyring: text },
  push: {
    ...common,
    ...platform,
    ...registry,
    clusters: text,
    'target-catalog-source': text,
    'target-chartrepo': text,
    'skip-crs': toggle,
    'skip-push': toggle,
  },
  list: { ...common, ...platform, clusters: text, 'output-file': text },
} as const;

export type Command = keyof typeof commandFlags;

export function isCommand(name: string): name is Command {
  return Object.hasOwn(commandFlags, name);
}

/** What was given on the command line; a flag that was not given is `undefined`. */
export interface Given {
  /** Files and folders. */
  paths: string[];
  text(flag: string): string | undefined;
  all(flag: string): string[];
  has(flag: string): boolean;
}

/** Takes a command line apart. @throws UsageError for a flag that the command does not have, or one without its value */
export function readFlags(command: Command, args: readonly string[]): Given {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: commandFlags[command],
      allowPositionals: true,
      strict: true,
    });
    const given: Record<string, unknown> = values;
    return {
      paths: positionals,
      text: (flag) => (typeof given[flag] === 'string' ? given[flag] : undefined),
      all: (flag) => (Array.isArray(given[flag]) ? given[flag].map(String) : []),
      has: (flag) => given[flag] === true,
    };
  } catch (error) {
    const [first = 'The command line can not be read'] =
      error instanceof Error ? error.message.split(/\. To specify|\n/) : [];
    throw new UsageError(first.replace(/\.?$/, '.'));
  }
}
