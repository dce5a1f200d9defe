import type { Json } from '../json';
import type { Path } from '../path';
import type { Capability } from './descriptor';
import type { ResourcePicker } from './resource-picker';

export type FormLanguage = 'en' | 'zh';

/** Installing, changing the configuration of the same version, or changing the version. */
export type FormPurpose = 'deploy' | 'edit' | 'upgrade';

/** What a field is entered with: as its descriptor asks, or a list of members that have fields of their own. */
export type Control = Capability | 'list';

export type Scalar = 'string' | 'number' | 'boolean';

/** Holds while the value at `path` is one of `values`, compared as text. All conditions of a field have to hold. */
export interface Condition {
  path: Path;
  values: string[];
  /** Comes from the selector (`oneOf`) and not from the field itself. */
  branch?: boolean;
}

export interface FieldLimits {
  required: boolean;
  minimum?: number;
  maximum?: number;
  /** Characters, or members where there are several. */
  minLength?: number;
  maxLength?: number;
  /** In a linear-time engine's syntax; never given to `RegExp`. */
  pattern?: string;
}

export interface FormField {
  /** Unique: the JSON Pointer of `path`, numbered where several descriptors share a path. */
  key: string;
  /** Below `spec.config`; of a list's own fields, below the member. */
  path: Path;
  label: string;
  description?: string;
  placeholder?: string;
  tooltip?: string;
  control: Control;
  /** What members and values are in the configuration, where that is not what the control itself gives. */
  storedAs?: Scalar;
  /** Several values, stored as a list. */
  multiple: boolean;
  options: { value: string; label: string }[];
  resource?: ResourcePicker;
  limits: FieldLimits;
  /** Never shown. */
  hidden: boolean;
  readOnly: boolean;
  advanced: boolean;
  /** Key of the group that it stands in. */
  group?: string;
  conditions: Condition[];
  /** What a new member of a list starts with. */
  preset?: unknown;
  /** What each member of a list consists of; empty for every other control. */
  items: FormField[];
}

export interface FormGroup {
  /** JSON Pointer of the path that the descriptor names. */
  key: string;
  path: Path;
  title: string;
  description?: string;
  advanced: boolean;
  /** Whether it is shown opened. */
  open: boolean;
}

/** A subtree of the configuration that belongs to some values of a selector only (`oneOf`). */
export interface Branch {
  path: Path;
  condition: Condition;
}

export const formNoteCodes = [
  'expression-not-run',
  'not-understood',
  'unsafe-path',
  'no-options',
  'dependency-circle',
  'pattern-not-understood',
  'default-differs',
  'default-not-valid',
  'too-many',
  'too-large',
] as const;

/** What of a form's definition could not be followed; the form works without it. */
export interface FormNote {
  code: (typeof formNoteCodes)[number];
  /** The field, as its author wrote it; `''` for the whole form. */
  path: string;
  /** What was met, as its author wrote it. */
  text: string;
}

export interface PluginForm {
  purpose: FormPurpose;
  language: FormLanguage;
  /** Where the fields come from; `none` for a plugin without parameters. */
  source: 'descriptors' | 'config' | 'schema' | 'none';
  fields: FormField[];
  groups: FormGroup[];
  branches: Branch[];
  /** The default configuration: `config`, completed by the descriptors' own defaults. */
  defaults: Json;
  notes: FormNote[];
}
