import 'server-only';
import type { ResourceRef } from '@/lib/kube/types';

export const events: ResourceRef = { group: '', version: 'v1', resource: 'events' };
/** By this label the console finds its own Events again: every API server selects by labels. */
export const ownLabel = { key: 'app.kubernetes.io/managed-by', value: 'marketplace-console' };
export const recordAnnotation = 'marketplace-console/write';
