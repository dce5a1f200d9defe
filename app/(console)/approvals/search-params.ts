import { parseAsString, parseAsStringLiteral } from 'nuqs';

/** What the address keeps of the pages of approvals. */
export const approvalParams = {
  q: parseAsString.withDefault(''),
  kind: parseAsStringLiteral(['all', 'install', 'upgrade']).withDefault('all'),
  cluster: parseAsString.withDefault(''),
  namespace: parseAsString.withDefault(''),
};
