import { LineCounter, parseDocument } from 'yaml';

/** One `olm.*` document of a file-based catalog and where it stands. */
export interface Blob {
  schema: string;
  value: Record<string, unknown>;
  file: string;
  line: number;
}

/** Something wrong in a catalog: it is reported and left out, the rest is served. */
export interface CatalogProblem {
  file: string;
  line: number;
  message: string;
}

const maxDepth = 200;

/**
 * Reads the documents of one catalog file: JSON values one after another (as `opm render` writes them) or YAML
 * documents divided by `---`. A file that can't be read is a problem with the line at fault; what stood before it
 * in the file is kept.
 */
export function readBlobs(file: string, text: string): { blobs: Blob[]; problems: CatalogProblem[] } {
  const blobs: Blob[] = [];
  const problems: CatalogProblem[] = [];
  const take = (value: unknown, line: number) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.push({ file, line, message: 'is not an object' });
    } else if (typeof (value as { schema?: unknown }).schema !== 'string') {
      problems.push({ file, line, message: 'has no "schema"' });
    } else {
      const object = value as Record<string, unknown> & { schema: string };
      blobs.push({ schema: object.schema, value: object, file, line });
    }
  };
  try {
    if (/^\s*[{[]/.test(text.slice(0, 4096))) readJson(text, take);
    else readYaml(text, take);
  } catch (error) {
    const line = error instanceof LineError ? error.line : 1;
    problems.push({ file, line, message: error instanceof Error ? error.message : String(error) });
  }
  return { blobs, problems };
}

class LineError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

function readJson(text: string, take: (value: unknown, line: number) => void): void {
  let line = 1;
  for (let at = 0; ; ) {
    const start = skipSpace(text, at);
    line += countLines(text, at, start);
    if (start >= text.length) return;
    const end = endOfValue(text, start, line);
    const part = text.slice(start, end);
    try {
      take(JSON.parse(part), line);
    } catch (error) {
      throw new LineError(`is not JSON: ${messageOf(error)}`, line + lineOfJsonError(part, error));
    }
    line += countLines(text, start, end);
    at = end;
  }
}

/** The index after the object or array that begins at `start`; only brackets outside strings count. */
function endOfValue(text: string, start: number, line: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 34) {
      index = endOfString(text, index);
    } else if (code === 123 || code === 91) {
      if (++depth > maxDepth) throw new LineError(`is nested deeper than ${maxDepth} levels`, line);
    } else if (code === 125 || code === 93) {
      if (--depth === 0) return index + 1;
      if (depth < 0) break;
    } else if (depth === 0 && index === start) {
      const here = text.slice(start, start + 20).split('\n')[0] ?? '';
      throw new LineError(`is not JSON: expected an object, found ${JSON.stringify(here)}`, line);
    }
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) return end;
  }
}

function readYaml(text: string, take: (value: unknown, line: number) => void): void {
  let line = 1;
  for (const part of text.split(/^---[^\S\n]*$/m)) {
    if (part.trim() !== '') {
      const lineCounter = new LineCounter();
      const document = parseDocument(part, { lineCounter, prettyErrors: false });
      const [error] = document.errors;
      if (error) {
        throw new LineError(
          `is not YAML: ${error.message}`,
          line + lineCounter.linePos(error.pos[0]).line - 1,
        );
      }
      const first = part.search(/\S/);
      take(document.toJS({ maxAliasCount: 100 }), line + countLines(part, 0, first));
    }
    line += countLines(part, 0, part.length);
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function lineOfJsonError(text: string, error: unknown): number {
  const position = /position (\d+)/.exec(messageOf(error))?.[1];
  return position === undefined ? countLines(text, 0, text.length) : countLines(text, 0, Number(position));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
