import { parseAsStringLiteral } from 'nuqs';

export const operatorTabs = ['overview', 'versions', 'subscription', 'events', 'yaml'] as const;

/** The tab of an operator's page that the address names. */
export const operatorTab = parseAsStringLiteral(operatorTabs).withDefault('overview');
