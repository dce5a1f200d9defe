import { parse } from 'yaml';
import { isRecord } from '../json';
import type { Capability, Descriptor } from './descriptor';
import type { Control, FormField, Scalar } from './form';

/**
 * The control of a descriptor. Without one, or where a choice has nothing to choose from, it is the
 * plain control of the value's type.
 */
export function controlFor(descriptor: Descriptor, stored: unknown): Control {
  const { capability } = descriptor;
  if (capability === undefined) return plainControl(stored);
  if ((capability === 'select' || capability === 'radio') && descriptor.options.length === 0) {
    return isStructure(stored) ? plainControl(stored) : 'text';
  }
  return canHold(capability, stored) ? capability : plainControl(stored);
}

/** Whether a control can show a value that is there; one that can't would lose it without a word. */
function canHold(control: Capability, stored: unknown): boolean {
  if (stored === undefined || stored === null || stored === '') return true;
  switch (control) {
    case 'yaml':
      return true;
    case 'resources':
      return isRecord(stored);
    case 'tags':
      return Array.isArray(stored) && stored.every((member) => !isStructure(member));
    case 'select':
    case 'resource':
      return Array.isArray(stored) ? stored.every((member) => !isStructure(member)) : !isStructure(stored);
    case 'switch':
    case 'checkbox':
    case 'number':
      return scalarShown(control, stored) !== undefined;
    default:
      return !isStructure(stored);
  }
}

function isStructure(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The control that fits a value when nobody says which. */
export function plainControl(value: unknown): Control {
  if (typeof value === 'boolean') return 'switch';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return value.includes('\n') ? 'textarea' : 'text';
  if (Array.isArray(value)) return isScalarList(value) ? 'tags' : 'yaml';
  return isRecord(value) || value === null ? 'yaml' : 'text';
}

function isScalarList(list: readonly unknown[]): boolean {
  const [first] = list;
  return (
    (typeof first === 'string' || typeof first === 'number') &&
    list.every((one) => typeof one === typeof first)
  );
}

/**
 * In which type the configuration keeps a value, where its default shows another one than the control
 * gives: a number behind a select, `"true"` behind a switch.
 */
export function storedTypeOf(control: Control, stored: unknown): Scalar | undefined {
  const sample = Array.isArray(stored) ? stored[0] : stored;
  if (control === 'yaml') return typeof sample === 'string' && !Array.isArray(stored) ? 'string' : undefined;
  if (control === 'list' || control === 'resources') return undefined;
  if (control === 'switch' || control === 'checkbox') {
    return sample === 'true' || sample === 'false' ? 'string' : undefined;
  }
  if (control === 'number') {
    return typeof sample === 'string' && sample.trim() !== '' && Number.isFinite(Number(sample))
      ? 'string'
      : undefined;
  }
  return typeof sample === 'number' || typeof sample === 'boolean' ? (typeof sample as Scalar) : undefined;
}

/** A value of the configuration as its control takes it; `undefined` when the control can't hold it. */
export function scalarShown(control: Control, value: unknown): unknown {
  if (control === 'switch' || control === 'checkbox') {
    return typeof value === 'boolean'
      ? value
      : value === 'true'
        ? true
        : value === 'false'
          ? false
          : undefined;
  }
  if (control === 'number') {
    if (typeof value === 'number') return value;
    return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
      ? Number(value)
      : undefined;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** A control's value in the type of the configuration; what does not convert stays what it is. */
export function scalarStored(storedAs: Scalar | undefined, value: unknown): unknown {
  if (storedAs === 'string') return typeof value === 'string' ? value : String(value);
  if (storedAs === 'number' && typeof value === 'string' && value.trim() !== '') {
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  }
  if (storedAs === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** The value of a `default:` descriptor, which is text, in the type that its field stores. */
export function parseDefault(
  field: Pick<FormField, 'control' | 'multiple' | 'storedAs'>,
  words: string,
): unknown {
  const { control, multiple, storedAs } = field;
  if (control === 'list' || control === 'resources') return structure(words);
  if (control === 'yaml') return storedAs === 'string' ? words : (structure(words) ?? undefined);
  if (multiple) {
    const list = structure(words);
    const members = Array.isArray(list) ? list : words.split(',').map((word) => word.trim());
    return members.filter((member) => member !== '').map((member) => scalarStored(storedAs, String(member)));
  }
  const shown = scalarShown(control, words);
  return shown === undefined ? undefined : scalarStored(storedAs, shown);
}

/** A list or an object written as YAML; `undefined` for everything else. */
function structure(words: string): unknown {
  try {
    const value: unknown = parse(words, { maxAliasCount: 0 });
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
