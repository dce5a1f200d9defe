import { create } from './commands/create';
import { list } from './commands/list';
import { push } from './commands/push';
import { show } from './commands/show';
import { verify } from './commands/verify';
import { explain } from './explain';
import { type Command, type Given, isCommand, readFlags } from './flags';
import { help } from './help';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

const commands: Record<Command, (given: Given, terminal: Terminal) => Promise<number>> = {
  create,
  show,
  verify,
  push,
  list,
};

/** Runs one command line. @returns its exit status: 0 done, 1 failed, 2 called wrongly, 130 interrupted */
async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    terminal.out(help());
    return name === undefined ? 2 : 0;
  }
  if (!isCommand(name)) {
    terminal.err(`violet: there is no command ${JSON.stringify(name)}.\n\n${help()}`);
    return 2;
  }
  let debug = rest.includes('--debug');
  try {
    const given = readFlags(name, rest);
    debug = given.has('debug');
    if (given.has('help')) {
      terminal.out(help(name));
      return 0;
    }
    return await commands[name](given, terminal);
  } catch (error) {
    if (terminal.signal.aborted) {
      terminal.err('violet: interrupted; the same command goes on from here.\n');
      return 130;
    }
    terminal.err(`violet: ${explain(error)}\n`);
    if (debug && error instanceof Error) terminal.err(`${error.stack}\n${stackOf(error.cause)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function stackOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.stack}\n` : '';
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
// Whoever reads the output may stop reading.
process.stdout.on('error', () => interrupted.abort());
const { env, stdout, stderr } = process;
process.exitCode = await main(process.argv.slice(2), {
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  width: stdout.isTTY ? stdout.columns || 80 : undefined,
  signal: interrupted.signal,
  keyring: env.VIOLET_KEYRING,
  platformCa: env.PLATFORM_CA,
  secrets: {
    platformToken: env.VIOLET_PLATFORM_TOKEN,
    platformPassword: env.VIOLET_PLATFORM_PASSWORD,
    registryPassword: env.VIOLET_REGISTRY_PASSWORD,
  },
});
