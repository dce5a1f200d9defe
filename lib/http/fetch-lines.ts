import type { z } from 'zod';
import { problemSchema } from './contract';
import { ProblemResponse, unreachable } from './fetch';

const MAX_LINE_CHARACTERS = 4 * 1024 * 1024;

/**
 * Sends a body to the console's own server and reads its answer line by line, as it comes.
 * @throws ProblemResponse for a refusal, also one that comes as the last line, and when the answer breaks off
 */
export async function* requestLines<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  init: { body: unknown; signal?: AbortSignal },
): AsyncGenerator<z.infer<Schema>> {
  const response = await fetch(path, {
    method: 'POST',
    signal: init.signal,
    credentials: 'same-origin',
    body: JSON.stringify(init.body),
    headers: { 'content-type': 'application/json' },
  }).catch((error) => {
    throw init.signal?.aborted ? error : new ProblemResponse(unreachable);
  });
  if (!response.ok || !response.body) {
    const problem = problemSchema.safeParse(await response.json().catch(() => undefined));
    throw new ProblemResponse(problem.success ? problem.data : { ...unreachable, status: response.status });
  }
  let rest = '';
  for await (const text of readText(response.body, init.signal)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARACTERS) throw new ProblemResponse(unreachable);
    for (const line of lines) yield readLine(schema, line);
  }
  if (rest !== '') yield readLine(schema, rest);
}

/** Browsers do not iterate over streams everywhere. */
async function* readText(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } catch (error) {
    throw signal?.aborted ? error : new ProblemResponse(unreachable);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function readLine<Schema extends z.ZodType>(schema: Schema, line: string): z.infer<Schema> {
  const value: unknown = JSON.parse(line);
  const failed =
    typeof value === 'object' && value !== null && 'problem' in value ? value.problem : undefined;
  const problem = problemSchema.safeParse(failed);
  if (problem.success) throw new ProblemResponse(problem.data);
  return schema.parse(value);
}
