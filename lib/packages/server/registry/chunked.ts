import 'server-only';

/**
 * Cuts a stream of bytes into pieces of `size`, the last one shorter, and reads the next piece while the last one is in
 * use. Buffers take turns: a piece must not be kept beyond the next one.
 */
export async function* chunked(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const pieces = cut(bytes, size);
  let next = pieces.next();
  for (;;) {
    const { done, value } = await next;
    if (done) return;
    next = pieces.next();
    // Told by the next await; until then it must not count as unhandled.
    next.catch(() => undefined);
    yield value;
  }
}

async function* cut(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const buffers = [Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0)];
  let turn = 0;
  let filled = 0;
  const current = () => {
    const buffer = buffers[turn];
    if (buffer && buffer.length > 0) return buffer;
    const made = Buffer.allocUnsafe(size);
    buffers[turn] = made;
    return made;
  };
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + size - filled);
      current().set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < size) continue;
      yield current();
      turn = (turn + 1) % buffers.length;
      filled = 0;
    }
  }
  if (filled > 0) yield current().subarray(0, filled);
}
