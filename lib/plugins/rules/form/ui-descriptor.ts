import { parsePath } from '../path';
import type { ByLanguage, Capability, Descriptor, Validation } from './descriptor';

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
  // Structures that OLM's consoles have editors for.
  updateStrategy: 'yaml',
  nodeAffinity: 'yaml',
  podAffinity: 'yaml',
  podAntiAffinity: 'yaml',
  endpointList: 'yaml',
  selector: 'yaml',
};

/**
 * Descriptors that OLM's own consoles share, without their `com.tectonic.ui:`.
 * @returns whether the word is understood
 */
export function takeUi(descriptor: Descriptor, word: string): boolean {
  const [head, rest] = splitAtColon(word);
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
      const [path, value] = splitAtColon(rest);
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
    descriptor.capability ??= 'select';
    return true;
  }
  // A switch that stands for two words of the configuration is a choice between them.
  const worded = /^booleanSwitch:(?:true|false):(.+)$/s.exec(word);
  if (worded?.[1] !== undefined) {
    addOption(descriptor, worded[1]);
    descriptor.capability = 'radio';
    return true;
  }
  if (word === 'select:multiple') descriptor.multiple = true;
  return word === 'select:multiple';
}

function takeValidation(validation: Validation, word: string): boolean {
  const [rule, argument] = splitAtColon(word);
  if (rule === 'required') validation.required = argument !== 'false';
  else if (rule === 'pattern') validation.pattern ??= argument;
  else if (rule === 'minimum' || rule === 'maximum' || rule === 'minLength' || rule === 'maxLength') {
    const limit = Number(argument);
    if (argument.trim() === '' || !Number.isFinite(limit)) return false;
    validation[rule] ??= limit;
  } else return false;
  return true;
}

/** `<language>:<text>`; the first of a language counts. */
export function takeText(texts: ByLanguage, word: string): boolean {
  const [language, value] = splitAtColon(word);
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
export function splitAtColon(word: string): [head: string, rest: string] {
  const colon = word.indexOf(':');
  return colon < 0 ? [word, ''] : [word.slice(0, colon), word.slice(colon + 1)];
}
