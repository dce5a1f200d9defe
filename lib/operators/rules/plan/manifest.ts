import { parseAllDocuments } from 'yaml';
import { field, type Json, record, text } from '../untrusted';

const MAX_CHARACTERS = 4_000_000;

/** What a manifest's text holds; `problem` says why it holds nothing. */
export interface ParsedManifests {
  objects: Json[];
  problem?: string;
}

/**
 * The objects of a manifest's text: JSON, or YAML with any number of documents, as bundle images carry them.
 * Never throws: text that is too large or does not parse gives no objects and a `problem` in plain words.
 */
export function parseManifests(source: string): ParsedManifests {
  if (source.length > MAX_CHARACTERS) {
    return { objects: [], problem: `it has ${source.length} characters, more than ${MAX_CHARACTERS}` };
  }
  try {
    const values = source.trimStart().startsWith('{') ? [JSON.parse(source)] : parseYaml(source);
    // The Roles and bindings that OLM puts into a plan have no kind: the step names it.
    const objects = values.map(record).filter(({ kind, metadata }) => text(kind, 100) !== '' || metadata);
    return objects.length > 0 ? { objects } : { objects, problem: 'it holds no Kubernetes object' };
  } catch (error) {
    return { objects: [], problem: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
  }
}

function parseYaml(source: string): unknown[] {
  // Unique keys cost a quarter of the time, and the API server has read the text before.
  const documents = parseAllDocuments(source, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  return documents.map((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS({ maxAliasCount: 50 });
  });
}

/** `metadata.name` of a manifest, `''` for none. */
export function nameOf(manifest: unknown): string {
  return text(field(field(manifest, 'metadata'), 'name'), 253);
}

/** An annotation of a manifest, `''` for none. */
export function annotationOf(manifest: unknown, key: string): string {
  return text(field(field(field(manifest, 'metadata'), 'annotations'), key), 100_000);
}
