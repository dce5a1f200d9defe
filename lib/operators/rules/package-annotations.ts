import { shallowYaml } from '@/lib/yaml/shallow';
import type { NamespaceTemplate, OperatorChannel } from '../contract';
import { field, type Json, list, optionalText, record, text } from './untrusted';

const MAX_ANNOTATION = 20_000;
const MAX_KEYS = 50;
const MAX_ANNOTATION_VALUE = 1000;
// Names and values of labels as Kubernetes takes them (Concepts, "Labels and Selectors").
const KEY =
  /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Whether Kubernetes takes this as the key of a label: an optional DNS prefix and a name of at most 63 characters. */
export function isLabelKey(key: string): boolean {
  return key.length <= 317 && KEY.test(key);
}

/** Whether Kubernetes takes this as the value of a label. */
export function isLabelValue(value: string): boolean {
  return value.length <= 63 && VALUE.test(value);
}

/**
 * The Namespace that annotation `operatorframework.io/suggested-namespace-template` describes. What Kubernetes would
 * refuse is dropped, so that one wrong label does not stop an installation.
 */
export function namespaceTemplate(annotations: Json): NamespaceTemplate | undefined {
  const metadata = record(
    field(parsed(annotations['operatorframework.io/suggested-namespace-template']), 'metadata'),
  );
  const template = {
    name: optionalText(metadata.name, 63),
    labels: pairs(metadata.labels, isLabelValue),
    annotations: pairs(metadata.annotations, (value) => value.length <= MAX_ANNOTATION_VALUE),
  };
  const said = template.name || Object.keys({ ...template.labels, ...template.annotations }).length > 0;
  return said ? template : undefined;
}

/** The object of annotation `operatorframework.io/initialization-resource`. */
export function initializationResource(annotations: Json): OperatorChannel['initializationResource'] {
  const object = record(parsed(annotations['operatorframework.io/initialization-resource']));
  const kind = text(object.kind, 100);
  if (!kind || !text(object.apiVersion, 253)) return undefined;
  return { kind, yaml: shallowYaml(object, { version: '1.1', lineWidth: 0 }) };
}

/** Names of the APIs that annotation `operators.operatorframework.io/internal-objects` lists. */
export function internalObjects(annotations: Json): string[] {
  return list(parsed(annotations['operators.operatorframework.io/internal-objects']), (name) =>
    optionalText(name, 253),
  );
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > MAX_ANNOTATION) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function pairs(value: unknown, accepts: (value: string) => boolean): Record<string, string> {
  const members = Object.entries(record(value))
    .slice(0, MAX_KEYS)
    .filter(
      (pair): pair is [string, string] =>
        isLabelKey(pair[0]) && typeof pair[1] === 'string' && accepts(pair[1]),
    );
  return Object.fromEntries(members);
}
