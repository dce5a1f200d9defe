import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { TokenTable } from '../apiserver/auth/authenticate.ts';
import { hasReason } from '../client/status-error.ts';
import type { KubeObject, ResourceRef } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';

const file = new URL('../content/users.yaml', import.meta.url);

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

const usersSchema = z.object({
  users: z.array(
    z.object({
      name: z.string(),
      uid: z.string(),
      token: z.string(),
      groups: z.array(z.string()),
      role: z.string().optional(),
      property: z.enum(['System', 'Custom']).optional(),
    }),
  ),
  objects: z.array(z.object({ clusters: z.array(z.string()), object: objectSchema })),
});

/** The people who may sign in, and the objects that give them their rights. */
export type UsersContent = z.infer<typeof usersSchema>;
export type User = UsersContent['users'][number];

/** Reads `content/users.yaml`. @throws an error that names the file */
export async function readUsers(): Promise<UsersContent> {
  const parsed = usersSchema.safeParse(parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`content/users.yaml: ${z.prettifyError(parsed.error)}`);
}

/** Who a token belongs to. The role property travels as an `extra`, as the platform's tokens carry it. */
export function tokenTable(users: readonly User[]): TokenTable {
  const byToken = new Map(users.map((user) => [user.token, user]));
  return (token) => {
    const user = byToken.get(token);
    if (!user) return undefined;
    const { name, uid, groups, role, property } = user;
    const extra =
      role && property ? { 'cpaas.io/role': [role], 'cpaas.io/role-property': [property] } : undefined;
    return { username: name, uid, groups, ...(extra ? { extra } : {}) };
  };
}

const refs: Record<string, ResourceRef> = {
  Namespace: { group: '', version: 'v1', resource: 'namespaces' },
  Role: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'roles' },
  RoleBinding: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'rolebindings' },
  ClusterRole: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'clusterroles' },
  ClusterRoleBinding: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'clusterrolebindings' },
};

/** Makes the roles, bindings and namespaces of the users on one cluster. */
export async function createUserObjects(cluster: ClusterRuntime, content: UsersContent): Promise<void> {
  for (const { clusters, object } of content.objects) {
    const ref = refs[object.kind];
    if (!clusters.includes(cluster.name)) continue;
    if (!ref) throw new Error(`content/users.yaml: kind ${object.kind} is not one that gives rights`);
    await createOnce(cluster, ref, object);
  }
}

/** Creates an object unless it exists. */
export async function createOnce(
  cluster: ClusterRuntime,
  ref: ResourceRef,
  object: KubeObject,
): Promise<void> {
  try {
    await cluster.client.create(ref, object);
  } catch (error) {
    if (!hasReason(error, 'AlreadyExists')) throw error;
  }
}
