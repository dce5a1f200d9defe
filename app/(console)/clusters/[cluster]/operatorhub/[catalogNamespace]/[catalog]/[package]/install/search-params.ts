import { parseAsString } from 'nuqs';

/** What the operator's page hands to the form: the channel and version that were looked at. */
export const installParams = { channel: parseAsString, version: parseAsString };
