import { Composer } from 'yaml';
import { refuseDeepValue, shallowTokens } from '@/lib/yaml/shallow';
import { field, type Json, record, text } from '../untrusted';

// An API server stores no object of more than 1.5 MB; YAML's indentation makes it longer.
const MAX_CHARACTERS = 3_000_000;

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
    const values = source.trimStart().startsWith('{') ? parseJson(source) : parseYaml(source);
    // The Roles and bindings that OLM puts into a plan have no kind: the step names it.
    const objects = values.map(record).filter(({ kind, metadata }) => text(kind, 100) !== '' || metadata);
    return objects.length > 0 ? { objects } : { objects, problem: 'it holds no Kubernetes object' };
  } catch (error) {
    return { objects: [], problem: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
  }
}

function parseJson(source: string): unknown[] {
  const value: unknown = JSON.parse(source);
  refuseDeepValue(value);
  return [value];
}

function parseYaml(source: string): unknown[] {
  // Unique keys cost a quarter of the time, and the API server has read the text before.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  const values: unknown[] = [];
  for (const document of composer.compose(shallowTokens(source))) {
    const [error] = document.errors;
    if (error) throw error;
    values.push(document.toJS({ maxAliasCount: 50 }));
  }
  return values;
}

/** `metadata.name` of a manifest, `''` for none. */
export function nameOf(manifest: unknown): string {
  return text(field(field(manifest, 'metadata'), 'name'), 253);
}

/** An annotation of a manifest, `''` for none. */
export function annotationOf(manifest: unknown, key: string): string {
  return text(field(field(field(manifest, 'metadata'), 'annotations'), key), 100_000);
}
