import { queryOptions } from '@tanstack/react-query';
import { request } from '@/lib/http/fetch';
import {
  type PluginWrite,
  pluginListSchema,
  pluginObjectListSchema,
  pluginSchema,
  pluginWriteSchema,
} from './contract';
import type {
  InstallPluginInput,
  ResourceOptionsQuery,
  UpdatePluginInput,
  UpgradePluginInput,
} from './contract-inputs';
import { pluginFormSchema, resourceOptionListSchema } from './form-contract';

// Live events say when an answer is out of date; nothing here grows old by itself.
const staleTime = Number.POSITIVE_INFINITY;

interface WriteOptions {
  /** Every check, and nothing written. */
  dryRun?: boolean;
  signal?: AbortSignal;
}

const pluginsPath = (cluster: string) => `/api/clusters/${encodeURIComponent(cluster)}/plugins`;

/** The address of one plugin's routes; `…/icon` is an image. */
export function pluginPath(cluster: string, name: string): string {
  return `${pluginsPath(cluster)}/${encodeURIComponent(name)}`;
}

/** The cluster plugins of the platform, each with its state on one cluster. */
export function pluginsQuery(cluster: string) {
  return queryOptions({
    queryKey: ['clusters', cluster, 'plugins'],
    queryFn: ({ signal }) => request(pluginListSchema, pluginsPath(cluster), { signal }),
    staleTime,
  });
}

/** One plugin, whole, as a cluster sees it. */
export function pluginQuery(cluster: string, name: string) {
  return queryOptions({
    queryKey: ['clusters', cluster, 'plugins', name],
    queryFn: ({ signal }) => request(pluginSchema, pluginPath(cluster, name), { signal }),
    staleTime,
  });
}

/** What the form of one version is made of. */
export function pluginFormQuery(cluster: string, name: string, version: string) {
  return queryOptions({
    queryKey: [...pluginQuery(cluster, name).queryKey, 'versions', version],
    queryFn: ({ signal }) =>
      request(pluginFormSchema, `${pluginPath(cluster, name)}/versions/${encodeURIComponent(version)}`, {
        signal,
      }),
    staleTime,
  });
}

/** The objects behind a plugin on a cluster, as YAML. */
export function pluginObjectsQuery(cluster: string, name: string) {
  return queryOptions({
    queryKey: [...pluginQuery(cluster, name).queryKey, 'objects'],
    queryFn: ({ signal }) =>
      request(pluginObjectListSchema, `${pluginPath(cluster, name)}/objects`, { signal }),
    staleTime,
  });
}

/** What a form's picker offers. Objects of any kind are not told live: they are fresh for 30 s. */
export function resourceOptionsQuery(cluster: string, name: string, query: ResourceOptionsQuery) {
  const parameters = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  return queryOptions({
    queryKey: [...pluginQuery(cluster, name).queryKey, 'options', query],
    queryFn: ({ signal }) =>
      request(
        resourceOptionListSchema,
        `${pluginPath(cluster, name)}/options?${new URLSearchParams(parameters)}`,
        { signal },
      ),
    staleTime: 30_000,
  });
}

/**
 * Installs a plugin on a cluster.
 * @throws ProblemResponse whose `reason` is an obstacle's code, or whose `fields` name wrong input
 */
export function installPlugin(
  cluster: string,
  name: string,
  input: InstallPluginInput,
  options: WriteOptions = {},
): Promise<PluginWrite> {
  return write(`${pluginPath(cluster, name)}/install`, 'POST', input, options);
}

/** Changes the version of an installed plugin. @throws ProblemResponse as `installPlugin` */
export function upgradePlugin(
  cluster: string,
  name: string,
  input: UpgradePluginInput,
  options: WriteOptions = {},
): Promise<PluginWrite> {
  return write(`${pluginPath(cluster, name)}/upgrade`, 'POST', input, options);
}

/** Changes the configuration of an installed plugin. @throws ProblemResponse as `installPlugin` */
export function updatePlugin(
  cluster: string,
  name: string,
  input: UpdatePluginInput,
  options: WriteOptions = {},
): Promise<PluginWrite> {
  return write(`${pluginPath(cluster, name)}/config`, 'PUT', input, options);
}

/** Uninstalls a plugin. @throws ProblemResponse as `installPlugin` */
export function uninstallPlugin(
  cluster: string,
  name: string,
  options: WriteOptions = {},
): Promise<PluginWrite> {
  return write(pluginPath(cluster, name), 'DELETE', undefined, options);
}

function write(
  path: string,
  method: 'POST' | 'PUT' | 'DELETE',
  body: unknown,
  { dryRun, signal }: WriteOptions,
): Promise<PluginWrite> {
  return request(pluginWriteSchema, `${path}${dryRun ? '?dryRun=true' : ''}`, { method, body, signal });
}
