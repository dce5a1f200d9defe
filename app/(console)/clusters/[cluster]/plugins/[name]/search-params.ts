import { parseAsStringLiteral } from 'nuqs';

export const pluginTabs = ['overview', 'versions', 'configuration', 'yaml'] as const;

/** The tab of a plugin's page that the address names. */
export const pluginTab = parseAsStringLiteral(pluginTabs).withDefault('overview');
