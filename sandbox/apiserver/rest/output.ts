import type { KubeObject } from '../../client/types.ts';
import type { Call } from '../core.ts';
import { jsonOf } from '../json-text.ts';
import { respond } from '../negotiate.ts';
import { type IncludeObject, partialMetadata, tableOf } from '../table/render.ts';

/** What clients may ask an object or list to be turned into. */
export const objectForms = ['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList'];

/** As an item of a list of built-in kinds, where only the list says kind and version. */
export function bareJsonOf(object: KubeObject): string {
  const text = jsonOf(object);
  const head = `{"apiVersion":${JSON.stringify(object.apiVersion)},"kind":${JSON.stringify(object.kind)},`;
  if (text.startsWith(head)) return `{${text.slice(head.length)}`;
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = object;
  return JSON.stringify(rest);
}

/** One object in the form that the client asked for, with the warnings of the call. */
export function respondObject(call: Call, object: KubeObject, status = 200): Response {
  const options = { status, headers: warningHeaders(call), as: call.accept };
  if (call.accept.as === 'Table') {
    const metadata = { resourceVersion: object.metadata.resourceVersion };
    return respond(
      tableOf(call.resource.columns(), [object], { metadata, include: includeOf(call) }),
      options,
    );
  }
  if (call.accept.as === 'PartialObjectMetadata') return respond(partialMetadata(object), options);
  return respond(jsonOf(object), options);
}

/** What of an object the rows of a Table carry, as `includeObject` asks; its metadata by default. */
export function includeOf(call: Call): IncludeObject {
  const asked = call.info.query.get('includeObject');
  return asked === 'None' || asked === 'Object' ? asked : 'Metadata';
}

/** `Warning: 299 - "text"`; several stand in one header, comma-separated. */
export function warningHeaders(call: Call): Record<string, string> {
  if (call.warnings.length === 0) return {};
  const texts = call.warnings
    .slice(0, 50)
    .map((text) => `299 - "${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
  return { warning: texts.join(', ') };
}
