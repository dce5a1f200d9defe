import { isLabelKey, isLabelValue } from './package-annotations';
import { field, list, record } from './untrusted';

export const tolerationEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

export interface TolerationRow {
  key: string;
  operator: 'Equal' | 'Exists';
  value: string;
  /** Empty: every effect. */
  effect: '' | (typeof tolerationEffects)[number];
  /** Empty: for ever. */
  seconds: string;
}

/** What the form edits of a Subscription's `spec.config`: rows, so that half-typed and repeated keys can be shown. */
export interface ConfigRows {
  nodeSelector: { key: string; value: string }[];
  tolerations: TolerationRow[];
  env: { name: string; value: string }[];
}

export const configProblemCodes = [
  'KeyInvalid',
  'ValueInvalid',
  'Repeated',
  'EnvNameInvalid',
  'TolerationKeyNeeded',
  'TolerationValueUnused',
  'TolerationSecondsInvalid',
  'TolerationSecondsNeedNoExecute',
] as const;

export interface ConfigProblem {
  /** `config.<part>.<index>.<field>` */
  path: `config.${string}`;
  code: (typeof configProblemCodes)[number];
  message: string;
}

export const noConfig: ConfigRows = { nodeSelector: [], tolerations: [], env: [] };
// What Kubernetes takes as the name of an environment variable.
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const MAX_ENV_NAME = 253;

const messages: Record<ConfigProblem['code'], string> = {
  KeyInvalid:
    'Use a label key: letters, digits, "-", "_" and ".", with an optional prefix such as example.com/.',
  ValueInvalid: 'Use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends.',
  Repeated: 'This key is there twice.',
  EnvNameInvalid: 'Use letters, digits, "-", "_" and ".", not beginning with a digit.',
  TolerationKeyNeeded: 'Only with Exists may the key be empty; it then tolerates every taint.',
  TolerationValueUnused: 'With Exists there is no value.',
  TolerationSecondsInvalid: 'Use a whole number of seconds.',
  TolerationSecondsNeedNoExecute: 'Seconds count only for the effect NoExecute.',
};

/** What Kubernetes would refuse of the operator's Pods later, when OLM creates its Deployment. */
export function checkConfig({ nodeSelector, tolerations, env }: ConfigRows): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const refuse = (path: string, code: ConfigProblem['code']) =>
    problems.push({ path: `config.${path}`, code, message: messages[code] });
  nodeSelector.forEach(({ key, value }, index) => {
    if (!isLabelKey(key)) refuse(`nodeSelector.${index}.key`, 'KeyInvalid');
    else if (nodeSelector.findIndex((other) => other.key === key) < index)
      refuse(`nodeSelector.${index}.key`, 'Repeated');
    if (!isLabelValue(value)) refuse(`nodeSelector.${index}.value`, 'ValueInvalid');
  });
  tolerations.forEach(({ key, operator, value, effect, seconds }, index) => {
    const at = `tolerations.${index}`;
    if (key === '' && operator !== 'Exists') refuse(`${at}.key`, 'TolerationKeyNeeded');
    if (key !== '' && !isLabelKey(key)) refuse(`${at}.key`, 'KeyInvalid');
    if (operator === 'Exists' && value !== '') refuse(`${at}.value`, 'TolerationValueUnused');
    if (!isLabelValue(value)) refuse(`${at}.value`, 'ValueInvalid');
    if (!/^-?\d{0,9}$/.test(seconds) || seconds === '-') refuse(`${at}.seconds`, 'TolerationSecondsInvalid');
    else if (seconds !== '' && effect !== 'NoExecute')
      refuse(`${at}.seconds`, 'TolerationSecondsNeedNoExecute');
  });
  env.forEach(({ name }, index) => {
    if (!ENV_NAME.test(name) || name.length > MAX_ENV_NAME || name === '.' || name.startsWith('..'))
      refuse(`env.${index}.name`, 'EnvNameInvalid');
    else if (env.findIndex((other) => other.name === name) < index) refuse(`env.${index}.name`, 'Repeated');
  });
  return problems;
}

/** The `spec.config` that the rows say; undefined when they say nothing. */
export function configOf({
  nodeSelector,
  tolerations,
  env,
}: ConfigRows): Record<string, unknown> | undefined {
  const config = {
    ...(nodeSelector.length > 0 && {
      nodeSelector: Object.fromEntries(nodeSelector.map(({ key, value }) => [key, value])),
    }),
    ...(tolerations.length > 0 && { tolerations: tolerations.map(tolerationOf) }),
    ...(env.length > 0 && { env: env.map(({ name, value }) => ({ name, value })) }),
  };
  return Object.keys(config).length > 0 ? config : undefined;
}

/** The rows that a `spec.config` says. What has another shape is left to the API server, which knows the schema. */
export function rowsOf(config: unknown): ConfigRows {
  return {
    nodeSelector: Object.entries(record(field(config, 'nodeSelector'))).map(([key, value]) => ({
      key,
      value: string(value),
    })),
    tolerations: list(field(config, 'tolerations'), (toleration) => ({
      key: string(field(toleration, 'key')),
      operator: field(toleration, 'operator') === 'Exists' ? 'Exists' : 'Equal',
      value: string(field(toleration, 'value')),
      effect: tolerationEffects.find((effect) => effect === field(toleration, 'effect')) ?? '',
      seconds: String(field(toleration, 'tolerationSeconds') ?? ''),
    })),
    env: list(field(config, 'env'), (variable) => ({
      name: string(field(variable, 'name')),
      value: string(field(variable, 'value')),
    })),
  };
}

function tolerationOf({ key, operator, value, effect, seconds }: TolerationRow) {
  return {
    ...(key && { key }),
    operator,
    ...(operator === 'Equal' && { value }),
    ...(effect && { effect }),
    ...(seconds !== '' && { tolerationSeconds: Number(seconds) }),
  };
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
