import { parseAsString } from 'nuqs';

/** Which of possibly several Subscriptions of the operator the page follows. */
export const progressParams = {
  namespace: parseAsString.withDefault(''),
  name: parseAsString.withDefault(''),
};
