import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs';
import { installedSorts } from '@/components/operators/installed-rows';

/** What the address keeps of the installed operators: search, ticked statuses and order. */
export const installedParams = {
  q: parseAsString.withDefault(''),
  status: parseAsArrayOf(parseAsString).withDefault([]),
  sort: parseAsStringLiteral(installedSorts).withDefault('status'),
  descending: parseAsBoolean.withDefault(false),
};
