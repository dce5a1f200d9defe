import 'server-only';
import type { ResourceRef } from '@/lib/kube/types';
import type { WrittenKind } from '../rules/diagnosis/action';
import { catalogSources, clusterServiceVersions, jobs, operatorGroups, pods, subscriptions } from './refs';

/** The resource of each kind that a cure writes. */
export const writtenRefs: Record<WrittenKind, ResourceRef> = {
  Subscription: subscriptions,
  ClusterServiceVersion: clusterServiceVersions,
  OperatorGroup: operatorGroups,
  CatalogSource: catalogSources,
  Job: jobs,
  Pod: pods,
};
