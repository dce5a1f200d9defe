'use client';

import { useQuery } from '@tanstack/react-query';
import type { Plugin } from '@/lib/plugins/contract';
import type { PluginFormAnswer } from '@/lib/plugins/form-contract';
import { pluginFormQuery, pluginQuery } from '@/lib/plugins/queries';

/** A plugin and the form of one of its versions, as far as they are there. */
export interface PluginAndForm {
  plugin: Plugin | undefined;
  answer: PluginFormAnswer | undefined;
  /** While something is missing: why, and how to ask again. */
  reading: { error: unknown; retry: () => void } | undefined;
}

/**
 * Reads a plugin, and then the form of the version that is chosen from it.
 * @param choose the version; `''` for none, which is then nothing to wait for
 */
export function usePluginForm(
  cluster: string,
  name: string,
  choose: (plugin: Plugin) => string,
): PluginAndForm {
  const details = useQuery(pluginQuery(cluster, name));
  const version = details.data ? choose(details.data) : '';
  const form = useQuery({ ...pluginFormQuery(cluster, name, version), enabled: version !== '' });
  const isThere = details.data && (version === '' || form.data);
  return {
    plugin: details.data,
    answer: form.data,
    reading: isThere
      ? undefined
      : {
          error: details.error ?? form.error,
          retry: () => void Promise.all([details.refetch(), version && form.refetch()]),
        },
  };
}
