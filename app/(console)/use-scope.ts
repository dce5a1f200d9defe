'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useEffect } from 'react';
import { problemOf } from '@/components/ui/problem-of';
import { namespaceNameSchema } from '@/lib/operators/contract';
import type { Scope } from '@/lib/operators/queries';

export interface UsedScope {
  /** For queries: the namespace that the address names, when it is one. */
  scope: Scope;
  setNamespace: (namespace: string | null) => void;
}

/** The one namespace that the address limits a page to, for users who may not read the whole cluster. */
export function useScope(cluster: string): UsedScope {
  const [value, setValue] = useQueryState('namespace', parseAsString.withOptions({ history: 'replace' }));
  const namespace = namespaceNameSchema.safeParse(value).data;
  useEffect(() => {
    if (namespace) sessionStorage.setItem(keyOf(cluster), namespace);
  }, [cluster, namespace]);
  return { scope: namespace ? { namespace } : {}, setNamespace: (next) => void setValue(next) };
}

/** Whether a page failed because it asked for the whole cluster, so that a namespace can help. */
export function needsScope(error: unknown, { scope }: UsedScope): boolean {
  return !scope.namespace && problemOf(error)?.code === 'forbidden';
}

/** The namespace that was last asked for on the cluster; links between pages do not carry it. */
export function lastNamespace(cluster: string): string | undefined {
  return namespaceNameSchema.safeParse(sessionStorage.getItem(keyOf(cluster))).data;
}

export function forgetNamespace(cluster: string): void {
  sessionStorage.removeItem(keyOf(cluster));
}

function keyOf(cluster: string): string {
  return `namespace:${cluster}`;
}
