import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs';

export const sorts = ['relevance', 'name', 'status'] as const;

const values = parseAsArrayOf(parseAsString).withDefault([]);

/** What the address keeps of OperatorHub: search, ticked filters and order. */
export const hubParams = {
  q: parseAsString.withDefault(''),
  source: values,
  status: values,
  category: values,
  provider: values,
  capability: values,
  catalog: values,
  sort: parseAsStringLiteral(sorts).withDefault('relevance'),
};
