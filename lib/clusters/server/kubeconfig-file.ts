import 'server-only';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { z } from 'zod';

/** What a kubeconfig says of a user and client-node does not read. */
const userSchema = z.object({
  name: z.string(),
  user: z
    .object({
      tokenFile: z.string().optional(),
      'as-uid': z.string().optional(),
      'as-groups': z.array(z.string()).nullish(),
      'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
    })
    .nullish(),
});

interface UserMore {
  /** Absolute. */
  tokenFile?: string;
  /** Whom the user wants to be besides the name, as request headers. */
  impersonation: Record<string, string | string[]>;
}

export interface LoadedKubeconfig {
  config: KubeConfig;
  users: Map<string, UserMore>;
}

/**
 * Reads one or several kubeconfigs, as kubectl does: of two entries of one name, the first one counts.
 * @param variable the value of KUBECONFIG
 * @throws Error naming the file that can't be read
 */
export function loadKubeconfig(variable: string): LoadedKubeconfig {
  const config = new KubeConfig();
  const users = new Map<string, UserMore>();
  for (const file of variable.split(delimiter).filter(Boolean)) {
    try {
      const next = new KubeConfig();
      next.loadFromFile(file);
      addMissing(config, next);
      for (const [name, more] of readUsers(file)) if (!users.has(name)) users.set(name, more);
    } catch (error) {
      throw new Error(
        `KUBECONFIG: ${file} can't be read: ${error instanceof Error ? error.message : 'unknown reason'}`,
      );
    }
  }
  return { config, users };
}

function addMissing(config: KubeConfig, next: KubeConfig): void {
  const isNew = (known: { name: string }[]) => (entry: { name: string }) =>
    !known.some(({ name }) => name === entry.name);
  config.loadFromOptions({
    clusters: [...config.clusters, ...next.clusters.filter(isNew(config.clusters))],
    users: [...config.users, ...next.users.filter(isNew(config.users))],
    contexts: [...config.contexts, ...next.contexts.filter(isNew(config.contexts))],
    currentContext: config.currentContext || next.currentContext,
  });
}

function readUsers(file: string): [string, UserMore][] {
  const { users } = z
    .object({ users: z.array(userSchema).nullish() })
    .parse(parse(readFileSync(file, 'utf8')) ?? {});
  return (users ?? []).map(({ name, user }) => {
    const groups = user?.['as-groups'] ?? [];
    return [
      name,
      {
        ...(user?.tokenFile ? { tokenFile: resolve(dirname(file), user.tokenFile) } : {}),
        impersonation: {
          ...(user?.['as-uid'] ? { 'Impersonate-Uid': user['as-uid'] } : {}),
          ...(groups.length > 0 ? { 'Impersonate-Group': groups } : {}),
          ...Object.fromEntries(
            Object.entries(user?.['as-user-extra'] ?? {}).map(([key, values]) => [
              `Impersonate-Extra-${encodeURIComponent(key)}`,
              values,
            ]),
          ),
        },
      },
    ];
  });
}
