import 'server-only';
import { shared } from '@/lib/kube/shared';

/** Answers without an end of their own, so that a stopping server can end them: Next.js waits for them otherwise. */
function openStreams(): Set<() => void> {
  return shared('open-streams', () => new Set<() => void>());
}

/** Registers what ends a stream. @returns the function that takes it off again, `false` when it was off already */
export function onServerEnd(end: () => void): () => boolean {
  openStreams().add(end);
  return () => openStreams().delete(end);
}

/** Ends every stream that is open, so that a server that was asked to stop can. */
export function endAllStreams(): void {
  for (const end of openStreams()) end();
}

/** A signal that aborts when the reader leaves and when the server is asked to stop. */
export function untilServerEnds(reader: AbortSignal): AbortSignal {
  if (reader.aborted) return reader;
  const stop = new AbortController();
  const forget = onServerEnd(() => stop.abort());
  reader.addEventListener('abort', forget, { once: true });
  return AbortSignal.any([reader, stop.signal]);
}
