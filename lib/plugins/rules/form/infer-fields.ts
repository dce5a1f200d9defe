import { isRecord, type Json } from '../json';
import { isSafePath, type Path, pointer } from '../path';
import { plainControl, storedTypeOf } from './controls';
import type { FormField, FormGroup, FormNote } from './form';

const MAX_FIELDS = 300;
const MAX_DEPTH = 8;

interface Leaf {
  path: Path;
  value: unknown;
}

/**
 * Fields for a configuration that nobody describes: one per value, labelled by its key, in the order in
 * which they are written. Where they stand below several keys, those become groups. A configuration too
 * large for that gets one YAML field per top-level key.
 */
export function inferFields(config: Json): { fields: FormField[]; groups: FormGroup[]; notes: FormNote[] } {
  const notes: FormNote[] = [];
  let leaves = leavesOf(config, [], MAX_DEPTH);
  if (leaves.length > MAX_FIELDS) {
    notes.push({ code: 'too-large', path: '', text: String(leaves.length) });
    leaves = Object.entries(config)
      .slice(0, MAX_FIELDS)
      .map(([key, value]) => ({ path: [key], value }));
  }
  const safe = leaves.filter(({ path }) => isSafePath(path));
  const parents = new Set(safe.map(({ path }) => pointer(path.slice(0, -1))));
  const groups = new Map<string, FormGroup>();
  const fields = safe.map(({ path, value }): FormField => {
    const parent = path.slice(0, -1);
    if (parent.length > 0 && parents.size > 1 && !groups.has(pointer(parent))) {
      const title = parent.join('.');
      groups.set(pointer(parent), { key: pointer(parent), path: parent, title, advanced: false, open: true });
    }
    const control = plainControl(value);
    const storedAs = storedTypeOf(control, value);
    return {
      key: pointer(path),
      path,
      label: path.at(-1) ?? '',
      control,
      ...(storedAs ? { storedAs } : {}),
      multiple: control === 'tags',
      options: [],
      limits: { required: false },
      hidden: false,
      readOnly: false,
      advanced: false,
      ...(groups.has(pointer(parent)) ? { group: pointer(parent) } : {}),
      conditions: [],
      items: [],
    };
  });
  return { fields, groups: [...groups.values()], notes };
}

function leavesOf(value: Json, path: Path, depth: number): Leaf[] {
  const leaves: Leaf[] = [];
  for (const [key, member] of Object.entries(value)) {
    const here = [...path, key];
    if (isRecord(member) && Object.keys(member).length > 0 && depth > 1) {
      for (const leaf of leavesOf(member, here, depth - 1)) leaves.push(leaf);
    } else leaves.push({ path: here, value: member });
  }
  return leaves;
}
