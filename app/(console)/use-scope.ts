'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useEffect, useState } from 'react';
import { problemOf } from '@/components/ui/problem-of';
import { namespaceNameSchema } from '@/lib/http/names';
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

/**
 * The refusal because of which a page that asked for the whole cluster needs a namespace. It stands while the
 * question is asked again (a query without data forgets its error then), so that what is being typed stays too.
 */
export function useRefusal(
  { scope }: UsedScope,
  { data, error }: { data: unknown; error: unknown },
): unknown {
  const [refusal, setRefusal] = useState<unknown>();
  const isAsking = !error && data === undefined;
  const now = problemOf(error)?.code === 'forbidden' ? error : isAsking ? refusal : undefined;
  if (now !== refusal) setRefusal(now);
  return scope.namespace ? undefined : now;
}

/** The namespace that was last asked for on the cluster; links between pages do not carry it. */
export function lastNamespace(cluster: string): string | undefined {
  return namespaceNameSchema.safeParse(sessionStorage.getItem(keyOf(cluster))).data;
}

/** The next visit to the cluster begins without a chosen namespace. */
export function forgetNamespace(cluster: string): void {
  sessionStorage.removeItem(keyOf(cluster));
}

function keyOf(cluster: string): string {
  return `namespace:${cluster}`;
}
