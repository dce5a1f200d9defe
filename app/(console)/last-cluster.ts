/** Remembers the cluster of the last page that had one, for the pages that have none. */
export const clusterCookie = 'cluster';
