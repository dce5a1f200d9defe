import { isSafePath, type Path, parsePath, valueAt } from '../path';
import type { Descriptor } from './descriptor';
import { MARKER } from './place-conditions';

/** A descriptor of a list: of the list itself, or of a field within each of its members. */
export interface ListPlace {
  kind: 'list';
  list: Path;
  path?: Path;
  /** The field is a list again. */
  nested: boolean;
}

/** `scalars`: a list whose members are plain values. */
export type Place = { kind: 'field'; path: Path } | { kind: 'scalars'; path: Path } | ListPlace;

/**
 * Where a descriptor's value stands. `pools[0].name` speaks of every member of `pools`, with or without
 * an `arrayFieldGroup` that says so.
 * @returns `undefined` for a path that is not safe to follow
 */
export function placeOf(descriptor: Descriptor, config: unknown): Place | undefined {
  const { path: written, arrayGroup } = descriptor;
  const marker = markerIn(written, arrayGroup !== undefined, config);
  if (marker) return membersPlace(descriptor, marker);
  if (arrayGroup === undefined) {
    const path = parsePath(written);
    return path && { kind: 'field', path };
  }
  const list = parsePath(arrayGroup.replace(MARKER, ''));
  const whole = parsePath(written);
  if (!list || !whole) return undefined;
  return within(list, list.every((key, index) => whole[index] === key) ? whole.slice(list.length) : whole);
}

/** The first marker of a member; a number between dots is one only where the configuration has a list. */
function markerIn(written: string, isRepeated: boolean, config: unknown): RegExpExecArray | undefined {
  const marker = MARKER.exec(written);
  if (!marker) return undefined;
  if (marker[0].startsWith('[') || isRepeated) return marker;
  const before = parsePath(written.slice(0, marker.index));
  return before && Array.isArray(valueAt(config, before)) ? marker : undefined;
}

function membersPlace({ path: written, arrayGroup }: Descriptor, marker: RegExpExecArray): Place | undefined {
  const list = parsePath(written.slice(0, marker.index));
  const rest = written.slice(marker.index + marker[0].length).replace(/^\./, '');
  if (!list) return undefined;
  if (rest === '') return { kind: 'scalars', path: list };
  const inner = MARKER.exec(rest);
  const path = parsePath(inner ? rest.slice(0, inner.index) : rest);
  const repeated = arrayGroup && parsePath(arrayGroup.replace(MARKER, '').replace(MARKER, ''));
  return path && within(list, path, inner !== null || (repeated?.length ?? 0) > list.length);
}

function within(list: Path, path: Path, nested = false): ListPlace | undefined {
  if (path.length === 0) return { kind: 'list', list, nested };
  return isSafePath(path) ? { kind: 'list', list, path, nested } : undefined;
}

/** The descriptor of one plain value as the descriptor of several. */
export function severalOf(descriptor: Descriptor): Descriptor {
  const { capability } = descriptor;
  const isChoice = capability === 'select' || capability === 'radio';
  return {
    ...descriptor,
    capability: isChoice ? 'select' : capability === 'resource' ? 'resource' : 'tags',
    multiple: true,
  };
}
