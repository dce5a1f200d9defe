import type { KubeObject } from '../client/types.ts';
import { at } from './json.ts';
import { badRequest } from './status.ts';

export type Predicate = (object: KubeObject) => boolean;

interface Requirement {
  key: string;
  operator: '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';
  values: Set<string>;
}

/**
 * Parses a label selector such as `a=b,c!=d,e in (f,g),!h` (`k8s.io/apimachinery/pkg/labels`).
 * @throws 400 worded as Kubernetes words it
 */
export function labelSelector(text: string | null): Predicate | undefined {
  if (!text?.trim()) return undefined;
  const requirements = new LabelParser(text).parse();
  return (object) => requirements.every((requirement) => matches(requirement, object.metadata.labels ?? {}));
}

/** A `LabelSelector` object (`matchLabels`, `matchExpressions`) as a predicate; an empty one matches everything. */
export function matchesLabelSelector(selector: unknown, labels: Record<string, string>): boolean {
  const wanted = at(selector, 'matchLabels');
  for (const [key, value] of Object.entries(wanted ?? {})) if (labels[key] !== value) return false;
  const expressions = at(selector, 'matchExpressions');
  for (const expression of Array.isArray(expressions) ? expressions : []) {
    const key = String(at(expression, 'key') ?? '');
    const values = new Set<string>((at(expression, 'values') as string[] | undefined) ?? []);
    const operator = operators[String(at(expression, 'operator'))];
    if (!operator || !matches({ key, operator, values }, labels)) return false;
  }
  return true;
}

const operators: Record<string, Requirement['operator']> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

function matches({ key, operator, values }: Requirement, labels: Record<string, string>): boolean {
  const has = Object.hasOwn(labels, key);
  const value = has ? (labels[key] ?? '') : '';
  switch (operator) {
    case '=':
    case 'in':
      return has && values.has(value);
    case '!=':
    case 'notin':
      return !has || !values.has(value);
    case 'exists':
      return has;
    case '!':
      return !has;
    case '>':
    case '<': {
      const limit = Number([...values][0]);
      const number = Number(value);
      return has && /^-?\d+$/.test(value) && (operator === '>' ? number > limit : number < limit);
    }
  }
}

const symbols = ['==', '!=', '=', '(', ')', ',', '!', '>', '<'];

class LabelParser {
  readonly #tokens: string[];
  #position = 0;

  constructor(text: string) {
    this.#tokens = tokenise(text);
  }

  parse(): Requirement[] {
    const requirements = [this.#requirement()];
    while (this.#peek() === ',') {
      this.#position++;
      // A trailing or doubled comma is an empty requirement, which Kubernetes refuses as below.
      requirements.push(this.#requirement());
    }
    if (this.#peek() !== '') throw unparsable(`found '${this.#peek()}', expected: ',' or 'end of string'`);
    return requirements;
  }

  #requirement(): Requirement {
    const negated = this.#accept('!');
    const key = this.#identifier('identifier');
    checkKey(key);
    if (negated) return { key, operator: '!', values: new Set() };
    const token = this.#peek();
    if (token === '' || token === ',') return { key, operator: 'exists', values: new Set() };
    this.#position++;
    switch (token) {
      case '=':
      case '==':
      case '!=':
        return {
          key,
          operator: token === '!=' ? '!=' : '=',
          values: new Set([checkValue(key, this.#value())]),
        };
      case '>':
      case '<': {
        const value = this.#value();
        if (!/^-?\d+$/.test(value)) {
          throw unparsable(
            `values[0][${key}]: Invalid value: "${value}": for 'Gt', 'Lt' operators, the value must be an integer`,
          );
        }
        return { key, operator: token, values: new Set([value]) };
      }
      case 'in':
      case 'notin':
        return { key, operator: token, values: this.#values(key) };
      default:
        throw unparsable(`found '${token}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  }

  #values(key: string): Set<string> {
    if (!this.#accept('(')) throw unparsable(`found '${this.#peek()}' expected: '('`);
    const values = new Set<string>();
    for (;;) {
      const token = this.#peek();
      if (token === ')') {
        this.#position++;
        if (values.size === 0) values.add('');
        return values;
      }
      if (token === '') throw unparsable(`found '', expected: ',' or ')'`);
      if (token === ',') {
        this.#position++;
        if (this.#peek() === ',' || this.#peek() === ')') values.add('');
        continue;
      }
      values.add(checkValue(key, token));
      this.#position++;
    }
  }

  #value(): string {
    const token = this.#peek();
    if (token === '' || token === ',') return '';
    return this.#identifier('identifier');
  }

  #identifier(expected: string): string {
    const token = this.#peek();
    if (token === '' || symbols.includes(token)) throw unparsable(`found '${token}', expected: ${expected}`);
    this.#position++;
    return token;
  }

  #accept(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#position++;
    return true;
  }

  #peek(): string {
    return this.#tokens[this.#position] ?? '';
  }
}

function tokenise(text: string): string[] {
  const tokens: string[] = [];
  let position = 0;
  while (position < text.length) {
    const char = text[position] ?? '';
    if (/\s/.test(char)) {
      position++;
      continue;
    }
    const symbol = symbols.find((candidate) => text.startsWith(candidate, position));
    if (symbol) {
      tokens.push(symbol);
      position += symbol.length;
      continue;
    }
    let end = position;
    while (end < text.length && !/[\s=!(),<>]/.test(text[end] ?? '')) end++;
    tokens.push(text.slice(position, end));
    position = end;
  }
  return tokens;
}

function unparsable(problem: string) {
  return badRequest(`unable to parse requirement: ${problem}`);
}

const namePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

function checkKey(key: string): void {
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (name.length <= 63 && namePart.test(name)) return;
  throw unparsable(
    `<nil>: Invalid value: "${key}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
  );
}

function checkValue(key: string, value: string): string {
  if (value === '' || (value.length <= 63 && namePart.test(value))) return value;
  const detail =
    value.length > 63
      ? 'must be no more than 63 bytes'
      : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
  throw unparsable(`values[0][${key}]: Invalid value: "${value}": ${detail}`);
}

/**
 * Parses a field selector such as `metadata.name=a,status.phase!=Running`.
 * @param supported the labels this resource offers, each a path; `metadata.name` and `metadata.namespace` always are
 */
export function fieldSelector(text: string | null, supported: readonly string[]): Predicate | undefined {
  if (!text?.trim()) return undefined;
  const terms = text
    .split(',')
    .filter((term) => term.trim() !== '')
    .map((term) => parseTerm(term, supported));
  return (object) => terms.every(({ path, value, equals }) => (fieldOf(object, path) === value) === equals);
}

function parseTerm(term: string, supported: readonly string[]) {
  const match = /^(.*?)(!=|==|=)(.*)$/.exec(term);
  if (!match) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  const [, path = '', operator, value = ''] = match;
  if (path !== 'metadata.name' && path !== 'metadata.namespace' && !supported.includes(path)) {
    throw badRequest(`field label not supported: ${path}`);
  }
  return { path, value, equals: operator !== '!=' };
}

function fieldOf(object: KubeObject, path: string): string {
  const value = at(object, ...path.split('.'));
  return value === undefined || value === null ? '' : String(value);
}
