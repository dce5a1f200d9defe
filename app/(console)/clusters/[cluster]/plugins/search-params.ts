import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs';
import { pluginSorts } from '@/components/plugins/plugin-facets';

const values = parseAsArrayOf(parseAsString).withDefault([]);

/** What the address keeps of the list of cluster plugins: search, ticked filters and order. */
export const pluginParams = {
  q: parseAsString.withDefault(''),
  lifecycle: values,
  status: values,
  sort: parseAsStringLiteral(pluginSorts).withDefault('name'),
};
