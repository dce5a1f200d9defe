/** Splits a byte stream at newlines and yields each non-empty line; what follows the last newline is yielded too. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      pending += decoder.decode(value, { stream: true });
      const lines = pending.split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield line;
    }
    if (pending !== '') yield pending;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
