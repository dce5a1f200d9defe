import 'server-only';
import { environment } from '@/lib/environment';
import { endAllStreams } from '@/lib/live/server/open-streams';
import { takeSourceRulesFrom } from '@/lib/operators/server/source-rules';

/**
 * Checks the settings before the first request, and ends event streams when the server is asked to
 * stop: it would wait for them for ever.
 * @throws Error naming every setting that is wrong
 */
export function prepareServer(): void {
  const { operatorSources } = environment();
  if (operatorSources) takeSourceRulesFrom(operatorSources);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, endAllStreams);
}
