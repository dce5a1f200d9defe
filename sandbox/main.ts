import { startSandbox } from './sandbox.ts';
import { readSettings } from './settings.ts';

/** Says in one sentence why the sandbox can't start. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${process.env.SANDBOX_PORT ?? 6446} on 127.0.0.1 is taken: stop what listens there, or set SANDBOX_PORT to another one (0 picks a free one).`;
  }
  if (code === 'EACCES') return `${error.message}: choose another SANDBOX_PORT or SANDBOX_DIR.`;
  if (code === 'ENOSPC') return 'The disk is full: SANDBOX_DIR needs a few kilobytes.';
  return process.env.SANDBOX_DEBUG ? (error.stack ?? error.message) : error.message;
}

try {
  const sandbox = await startSandbox(readSettings(process.env));
  // Nothing is kept that would have to be written down: connections end with the process.
  const end = () => process.exit(0);
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  const { port, ca, kubeconfig, users, registry } = sandbox;
  const { address, layout } = registry ?? {};
  process.stdout.write(
    `${JSON.stringify({ ready: true, port, kubeconfig, ca, users, registry: { address, layout } })}\n`,
  );
} catch (error) {
  process.stderr.write(`sandbox: ${explain(error)}\n`);
  process.exit(1);
}
