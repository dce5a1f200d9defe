import { parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs';

/** What the page of all clusters shows: the clusters, or which version of what runs on them. */
export const clustersTab = parseAsStringLiteral(['clusters', 'operators', 'plugins'] as const).withDefault(
  'clusters',
);

export const matrixParams = {
  q: parseAsString.withDefault(''),
  upgradable: parseAsBoolean.withDefault(false),
  differing: parseAsBoolean.withDefault(false),
};
