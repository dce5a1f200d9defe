import 'server-only';
import { platform } from '@/lib/clusters/server/platform';
import { environment } from '@/lib/environment';
import { endAllStreams } from '@/lib/live/server/open-streams';
import { takeSourceRulesFrom } from '@/lib/operators/server/source-rules';

/**
 * Checks the settings before the first request, and ends event streams when the server is asked to
 * stop: it would wait for them for ever. With settings that can't be used it says which and ends the
 * process: Next.js would go on, and answer every request with 500.
 */
export function prepareServer(): void {
  try {
    const { operatorSources } = environment();
    if (operatorSources) takeSourceRulesFrom(operatorSources);
    platform();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, endAllStreams);
}
