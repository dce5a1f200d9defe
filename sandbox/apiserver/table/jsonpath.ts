type Step =
  | { kind: 'field'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'all' }
  | { kind: 'deep'; name: string }
  | { kind: 'filter'; path: Step[]; operator: string; value: unknown };

/**
 * Compiles the JSONPath of printer columns: `.a.b`, `.a\.b`, `['a']`, `[0]`, `[*]`, `..name`,
 * `[?(@.type=="Ready")]` (a subset of `k8s.io/client-go/util/jsonpath`).
 * @returns a function that gives every match, or `undefined` when the path does not parse
 */
export function compileJsonPath(path: string): ((root: unknown) => unknown[]) | undefined {
  const steps = parse(path.replace(/^\{(.*)\}$/s, '$1').replace(/^\$/, ''));
  return steps && ((root) => evaluate([root], steps));
}

function parse(path: string): Step[] | undefined {
  const steps: Step[] = [];
  let rest = path;
  while (rest !== '') {
    const field = /^\.((?:\\.|[^.[\\])+)/.exec(rest);
    const deep = /^\.\.((?:\\.|[^.[\\])+)/.exec(rest);
    const index = /^\[(-?\d+)\]/.exec(rest);
    const quoted = /^\[(['"])((?:\\.|(?!\1).)*)\1\]/.exec(rest);
    const filter = /^\[\?\(@((?:\\.|[^=!<>\s])+)\s*(==|!=)?\s*(.*?)\)\]/.exec(rest);
    const all = /^(\[\*\]|\.\*)/.exec(rest);
    if (deep) steps.push({ kind: 'deep', name: withoutEscapes(deep[1]) });
    else if (all) steps.push({ kind: 'all' });
    else if (field)
      steps.push(field[1] === '*' ? { kind: 'all' } : { kind: 'field', name: withoutEscapes(field[1]) });
    else if (index) steps.push({ kind: 'index', index: Number(index[1]) });
    else if (quoted) steps.push({ kind: 'field', name: withoutEscapes(quoted[2]) });
    else if (filter) {
      const inner = parse(filter[1] ?? '');
      if (!inner) return undefined;
      steps.push({ kind: 'filter', path: inner, operator: filter[2] ?? '', value: literal(filter[3] ?? '') });
    } else return undefined;
    rest = rest.slice((deep ?? all ?? field ?? index ?? quoted ?? filter)?.[0].length ?? rest.length);
  }
  return steps;
}

function withoutEscapes(text = ''): string {
  return text.replace(/\\(.)/g, '$1');
}

function literal(text: string): unknown {
  const quoted = /^(['"])(.*)\1$/s.exec(text.trim());
  if (quoted) return quoted[2];
  if (text.trim() === 'true' || text.trim() === 'false') return text.trim() === 'true';
  return Number(text);
}

function evaluate(roots: unknown[], steps: Step[]): unknown[] {
  let values = roots;
  for (const step of steps) values = values.flatMap((value) => take(value, step));
  return values;
}

function take(value: unknown, step: Step): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  switch (step.kind) {
    case 'field':
      return field(value, step.name);
    case 'index': {
      const found = Array.isArray(value) ? value.at(step.index) : undefined;
      return found === undefined ? [] : [found];
    }
    case 'all':
      return Array.isArray(value) ? value : Object.values(value);
    case 'deep': {
      const children = Array.isArray(value) ? value : Object.values(value);
      return [...field(value, step.name), ...children.flatMap((child) => take(child, step))];
    }
    case 'filter': {
      const items = Array.isArray(value) ? value : Object.values(value);
      return items.filter((item) => {
        const found = evaluate([item], step.path);
        if (step.operator === '') return found.length > 0;
        return found.some((candidate) => candidate === step.value) === (step.operator === '==');
      });
    }
  }
}

function field(value: object, name: string): unknown[] {
  if (Array.isArray(value) || !Object.hasOwn(value, name)) return [];
  const found = (value as Record<string, unknown>)[name];
  return found === undefined ? [] : [found];
}
