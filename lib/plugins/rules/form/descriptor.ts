import { isRecord, strings, text } from '../json';
import { type Path, parsePath } from '../path';
import { type ResourcePicker, readResourcePicker } from './resource-picker';

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
  /** As written; see `arrays.ts`. */
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
const MAX_CAPABILITIES = 300;
const MAX_LENGTH = 4000;

const controls: Record<string, Capability> = {
  booleanSwitch: 'switch',
  checkbox: 'checkbox',
  text: 'text',
  label: 'text',
  textarea: 'textarea',
  number: 'number',
  podCount: 'number',
  password: 'password',
  yaml: 'yaml',
  tagsInput: 'tags',
  resourceRequirements: 'resources',
};

/**
 * Reads one descriptor. Values may contain colons, so each entry is split on the prefix that is known
 * and the rest is kept whole. Of several controls the first one counts.
 * @returns `undefined` for an entry that has no path
 */
export function readDescriptor(entry: unknown): Descriptor | undefined {
  if (!isRecord(entry)) return undefined;
  const path = text(entry.path, 1000);
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
  for (const raw of strings(entry['x-descriptors'], MAX_CAPABILITIES)) {
    const capability = raw.trim().slice(0, MAX_LENGTH);
    const word = capability.startsWith(PREFIX) ? capability.slice(PREFIX.length) : capability;
    if (
      !take(descriptor, word) &&
      !takeUi(descriptor, word.startsWith(TECTONIC) ? word.slice(TECTONIC.length) : word)
    ) {
      descriptor.notUnderstood.push(word);
    }
  }
  return descriptor;
}

/** Descriptors of the platform's own vocabulary. */
function take(descriptor: Descriptor, word: string): boolean {
  const [head, rest] = split(word);
  switch (head) {
    case 'com.tectonic.default':
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

/** Descriptors that OLM's own consoles share; they are written with `com.tectonic.ui:` or without. */
function takeUi(descriptor: Descriptor, word: string): boolean {
  const [head, rest] = split(word);
  if (Object.hasOwn(controls, head)) {
    descriptor.capability ??= controls[head];
    if (head === 'resourceRequirements' && rest === 'required') descriptor.validation.required = true;
    if (head === 'podCount') descriptor.validation.minimum ??= 0;
    return true;
  }
  switch (head) {
    case 'select':
      if (rest) addOption(descriptor, rest);
      descriptor.capability ??= 'select';
      return true;
    case 'radio':
      if (rest) addRadio(descriptor, rest);
      descriptor.capability ??= 'radio';
      return true;
    case 'imagePullPolicy':
      for (const policy of ['Always', 'IfNotPresent', 'Never']) addOption(descriptor, policy);
      descriptor.capability ??= 'select';
      return true;
    case 'fieldGroup':
      descriptor.group ??= parsePath(rest);
      return descriptor.group !== undefined;
    case 'fieldGroupName':
      return takeText(descriptor.groupName, rest);
    case 'arrayFieldGroup':
      descriptor.arrayGroup ??= rest;
      return rest !== '';
    case 'advanced':
      descriptor.advanced = true;
      return true;
    case 'hidden':
      descriptor.hidden = true;
      return true;
    case 'disabled':
      descriptor.disabled = true;
      return true;
    case 'multiple':
      descriptor.multiple = true;
      return true;
    case 'fieldDependency': {
      const [path, value] = split(rest);
      descriptor.dependencies.push({ path, value });
      return path !== '';
    }
    case 'validation':
      return takeValidation(descriptor.validation, rest);
    case 'widgets':
      if (rest !== 'select') return false;
      descriptor.capability ??= 'select';
      return true;
    case 'props':
      return takeProps(descriptor, rest);
    default:
      return false;
  }
}

function takeProps(descriptor: Descriptor, word: string): boolean {
  if (word.startsWith('select:options:')) {
    addOption(descriptor, word.slice('select:options:'.length));
    return true;
  }
  if (word === 'select:multiple') descriptor.multiple = true;
  return word === 'select:multiple';
}

function takeValidation(validation: Validation, word: string): boolean {
  const [rule, argument] = split(word);
  if (rule === 'required') validation.required = argument !== 'false';
  else if (rule === 'pattern') validation.pattern ??= argument;
  else if (rule === 'minimum' || rule === 'maximum' || rule === 'minLength' || rule === 'maxLength') {
    const limit = Number(argument);
    if (argument.trim() === '' || !Number.isFinite(limit)) return false;
    validation[rule] ??= limit;
  } else return false;
  return true;
}

function takeText(texts: ByLanguage, word: string): boolean {
  const [language, value] = split(word);
  if (language !== 'en' && language !== 'zh') return false;
  texts[language] ??= value;
  return true;
}

function addOption(descriptor: Descriptor, value: string): void {
  if (!descriptor.options.some((option) => option.value === value))
    descriptor.options.push({ value, label: {} });
}

/** `radio:<value>` or `radio:<value>:en:<label>`; the value itself may hold colons. */
function addRadio(descriptor: Descriptor, word: string): void {
  const labelled = /^(.+?):(en|zh):(.*)$/s.exec(word);
  const value = labelled?.[1] ?? word;
  addOption(descriptor, value);
  const option = descriptor.options.find((one) => one.value === value);
  if (option && labelled) option.label[labelled[2] === 'zh' ? 'zh' : 'en'] = labelled[3];
}

/** At the first colon; everything after it belongs together. */
function split(word: string): [head: string, rest: string] {
  const colon = word.indexOf(':');
  return colon < 0 ? [word, ''] : [word.slice(0, colon), word.slice(colon + 1)];
}
