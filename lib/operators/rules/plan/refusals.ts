import { field, type Json, record } from '../untrusted';

/** Something about an object that a schema does not accept. */
export interface Refusal {
  /** Such as `spec.backup[].target`. */
  path: string;
  rule: 'required' | 'type' | 'enum' | 'range' | 'size' | 'alternatives';
}

const MAX_DEPTH = 60;
const MAX_REFUSALS = 300;

/**
 * What a schema (`openAPIV3Schema` of a CustomResourceDefinition) refuses about an object. Defaults do not help: OLM
 * validates the objects as they are stored. `pattern` and `format` are not looked at, as somebody else's regular
 * expression may never end, so an object without refusals may still be refused, and one with refusals is.
 * @param budget how many values are looked at; what is beyond is let through, and it is used up for who comes next
 */
export function refusalsOf(object: unknown, schema: unknown, budget = { nodes: 20_000 }): Refusal[] {
  const search = new Search(budget);
  search.check(object, record(schema), '', 0);
  return search.found;
}

class Search {
  readonly found: Refusal[] = [];
  readonly #budget: { nodes: number };

  constructor(budget: { nodes: number }) {
    this.#budget = budget;
  }

  check(value: unknown, schema: Json, path: string, depth: number): void {
    this.#budget.nodes -= 1;
    if (depth > MAX_DEPTH || this.#budget.nodes < 0 || this.found.length >= MAX_REFUSALS) return;
    if (value === null && schema.nullable === true) return;
    if (!hasType(value, schema)) {
      this.#add(path, 'type');
      return;
    }
    if (Array.isArray(schema.enum) && !schema.enum.some((allowed) => isSame(allowed, value))) {
      this.#add(path, 'enum');
    }
    if (typeof value === 'number' && !isInRange(value, schema)) this.#add(path, 'range');
    if (!isOfSize(value, schema)) this.#add(path, 'size');
    this.#checkMembers(value, schema, path, depth);
    this.#checkAlternatives(value, schema, path, depth);
  }

  #checkMembers(value: unknown, schema: Json, path: string, depth: number): void {
    if (Array.isArray(value)) {
      const items = record(schema.items);
      if (isEmpty(items)) return;
      for (const item of value) this.check(item, items, `${path}[]`, depth + 1);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const required = Array.isArray(schema.required) ? schema.required : [];
    for (const name of required.slice(0, 500)) {
      if (typeof name === 'string' && !Object.hasOwn(value, name)) this.#add(join(path, name), 'required');
    }
    const others = record(schema.additionalProperties);
    for (const [name, member] of Object.entries(value)) {
      const known = field(schema.properties, name);
      if (known !== undefined) this.check(member, record(known), join(path, name), depth + 1);
      else if (!isEmpty(others)) this.check(member, others, join(path, '*'), depth + 1);
    }
  }

  #checkAlternatives(value: unknown, schema: Json, path: string, depth: number): void {
    for (const one of schemas(schema.allOf)) this.check(value, one, path, depth + 1);
    for (const choice of [schema.anyOf, schema.oneOf]) {
      const choices = schemas(choice);
      const fits = choices.some((one) => this.#accepts(value, one, depth));
      if (choices.length > 0 && !fits) this.#add(path, 'alternatives');
    }
  }

  #accepts(value: unknown, schema: Json, depth: number): boolean {
    const search = new Search(this.#budget);
    search.check(value, schema, '', depth + 1);
    return search.found.length === 0;
  }

  #add(path: string, rule: Refusal['rule']): void {
    if (!this.found.some((known) => known.path === path && known.rule === rule)) {
      this.found.push({ path, rule });
    }
  }
}

function isEmpty(schema: Json): boolean {
  return Object.keys(schema).length === 0;
}

function hasType(value: unknown, schema: Json): boolean {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return typeof value === 'string' || Number.isInteger(value);
  }
  switch (schema.type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === schema.type;
    default:
      return true;
  }
}

function isInRange(value: number, { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Json): boolean {
  const low = typeof minimum !== 'number' || (exclusiveMinimum === true ? value > minimum : value >= minimum);
  const high =
    typeof maximum !== 'number' || (exclusiveMaximum === true ? value < maximum : value <= maximum);
  return low && high;
}

function isOfSize(value: unknown, schema: Json): boolean {
  const [size, least, most] =
    typeof value === 'string'
      ? [[...value].length, schema.minLength, schema.maxLength]
      : Array.isArray(value)
        ? [value.length, schema.minItems, schema.maxItems]
        : typeof value === 'object' && value !== null
          ? [Object.keys(value).length, schema.minProperties, schema.maxProperties]
          : [0, undefined, undefined];
  return (typeof least !== 'number' || size >= least) && (typeof most !== 'number' || size <= most);
}

function schemas(value: unknown): Json[] {
  return Array.isArray(value) ? value.slice(0, 50).map(record) : [];
}

function isSame(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object') return left === right;
  return JSON.stringify(left) === JSON.stringify(right);
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}
