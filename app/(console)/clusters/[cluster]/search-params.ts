import { parseAsStringLiteral } from 'nuqs';

export const clusterTabs = ['overview', 'features', 'activity'] as const;

/** The tab of a cluster's page that the address names. */
export const clusterTab = parseAsStringLiteral(clusterTabs).withDefault('overview');
