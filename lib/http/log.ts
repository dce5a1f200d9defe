import 'server-only';
import pino, { type Logger } from 'pino';
import { shared } from '@/lib/kube/shared';

/** One JSON line per event on standard output; no worker threads, so that bundling stays out of it. */
export function log(): Logger {
  return shared('log', () =>
    pino({
      level: process.env.LOG_LEVEL ?? 'info',
      base: { service: 'marketplace-console' },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['token', '*.token', 'headers.authorization', 'headers.cookie'],
    }),
  );
}
