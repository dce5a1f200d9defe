import { parseAsString, parseAsStringLiteral } from 'nuqs';
import { packageSorts } from '@/components/packages/package-order';
import { packageTabs } from '@/lib/packages/list-contract';

/** What the address keeps of the list of packages: the tab, search, order, and the package whose details are open. */
export const packageParams = {
  tab: parseAsStringLiteral(packageTabs).withDefault('operator'),
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(packageSorts).withDefault('name'),
  package: parseAsString,
};
