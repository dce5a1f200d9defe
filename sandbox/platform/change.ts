import { changesBy } from '../client/change.ts';

/** How the platform's controllers write. */
export const { changeStatus, changeObject } = changesBy({
  status: 'cluster-transformer',
  object: 'cluster-transformer',
});
