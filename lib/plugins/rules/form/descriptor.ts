import { isRecord, members, text } from '../json';
import type { Path } from '../path';
import { takePlain } from './plain-descriptor';
import { type ResourcePicker, readResourcePicker } from './resource-picker';
import { splitAtColon, takeText, takeUi } from './ui-descriptor';

/** What a descriptor asks to be shown as. */
export type Capability =
  | 'switch'
  | 'checkbox'
  | 'text'
  | 'textarea'
  | 'number'
  | 'password'
  | 'yaml'
  | 'select'
  | 'radio'
  | 'tags'
  | 'resources'
  | 'resource';

export type ByLanguage = { en?: string; zh?: string };

export interface Option {
  value: string;
  label: ByLanguage;
}

export interface Validation {
  required?: boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

/** `fieldDependency`: shown while the value at `path` is one of `values`. */
export interface Dependency {
  path: string;
  value: string;
}

/** One entry of `deployDescriptors`, `editDescriptors` or `upgradeDescriptors`, read but not yet placed. */
export interface Descriptor {
  /** As written. Paths of repeated groups carry markers such as `[0]`. */
  path: string;
  capability?: Capability;
  displayName: string;
  label: ByLanguage;
  description: ByLanguage;
  plainDescription: string;
  placeholder: ByLanguage;
  tooltip: ByLanguage;
  options: Option[];
  resource?: ResourcePicker;
  multiple: boolean;
  hidden: boolean;
  disabled: boolean;
  advanced: boolean;
  group?: Path;
  groupName: ByLanguage;
  /** Path of the list that the field is repeated in, as written. */
  arrayGroup?: string;
  dependencies: Dependency[];
  /** `oneOf:<value>:<path>:<path>…` of a selector, everything after the prefix. */
  branches: string[];
  default?: string;
  validation: Validation;
  /** Descriptors that are code or that are not known; none of them is run. */
  notUnderstood: string[];
}

const PREFIX = 'urn:alm:descriptor:';
const TECTONIC = 'com.tectonic.ui:';
const MAX_CAPABILITIES = 2000;
const MAX_LENGTH = 20_000;

/**
 * Reads one descriptor. Values may contain colons, so each entry is split on the prefix that is known
 * and the rest is kept whole. Of several controls the first one counts.
 * @returns `undefined` for an entry that has no path
 */
export function readDescriptor(entry: unknown): Descriptor | undefined {
  if (!isRecord(entry)) return undefined;
  const path = text(entry.path, 1000) || text(entry.name, 1000);
  if (!path) return undefined;
  const descriptor: Descriptor = {
    path,
    displayName: text(entry.displayName),
    label: {},
    description: {},
    plainDescription: text(entry.description, MAX_LENGTH),
    placeholder: {},
    tooltip: {},
    options: [],
    multiple: false,
    hidden: false,
    disabled: false,
    advanced: false,
    groupName: {},
    dependencies: [],
    branches: [],
    validation: {},
    notUnderstood: [],
  };
  if (entry['x-descriptors'] === undefined) takePlain(descriptor, entry);
  for (const word of members(entry['x-descriptors'], wordOf, MAX_CAPABILITIES)) {
    const bare = word.startsWith(TECTONIC) ? word.slice(TECTONIC.length) : word;
    const isKnown = take(descriptor, word) || take(descriptor, bare) || takeUi(descriptor, bare);
    if (!isKnown) descriptor.notUnderstood.push(word);
  }
  return descriptor;
}

function wordOf(capability: unknown): string | undefined {
  if (typeof capability !== 'string') return undefined;
  const word = capability.trim().slice(0, MAX_LENGTH);
  return word.startsWith(PREFIX) ? word.slice(PREFIX.length) : word;
}

/** Descriptors of the platform's own vocabulary. */
function take(descriptor: Descriptor, word: string): boolean {
  const [head, rest] = splitAtColon(word);
  switch (head) {
    case 'com.tectonic.default':
    case 'default':
      descriptor.default ??= rest;
      return true;
    case 'label':
      return takeText(descriptor.label, rest);
    case 'description':
      return takeText(descriptor.description, rest);
    case 'placeholder':
      return takeText(descriptor.placeholder, rest);
    case 'tooltip':
      return takeText(descriptor.tooltip, rest);
    case 'fieldGroupName':
      return takeText(descriptor.groupName, rest);
    case 'oneOf':
      descriptor.branches.push(rest);
      return rest !== '';
    case 'io.kubernetes': {
      const resource = readResourcePicker(rest);
      if (!resource) return false;
      descriptor.resource ??= resource;
      descriptor.capability ??= 'resource';
      return true;
    }
    default:
      return false;
  }
}
