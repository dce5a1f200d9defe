import 'server-only';

/** The only repository that charts may be uploaded to. */
export const chartRepository = 'public-charts';
