import 'server-only';
import type { z } from 'zod';
import type { OpenedCluster } from '@/lib/clusters/server/open-cluster';
import { reviewAccess } from '@/lib/clusters/server/review-access';
import { ProblemError } from '@/lib/kube/problem';
import { uploadRights } from '@/lib/packages/upload-contract';
import { handleEveryCluster } from './handle';

interface UploadOptions<Params extends z.ZodType, Body extends z.ZodType> {
  route: string;
  params?: Params;
  body?: Body;
}

type Run<Params extends z.ZodType, Body extends z.ZodType> = (input: {
  request: Request;
  params: z.infer<Params>;
  body: z.infer<Body>;
  /** Tells the uploads of one user from those of others. */
  owner: string;
  clusters: { open: OpenedCluster[]; global: OpenedCluster };
}) => Promise<unknown>;

/** A handler about uploads of the signed-in user: as `handleEveryCluster`, where uploading is possible for them at all. */
export function handleUpload<Params extends z.ZodType, Body extends z.ZodType>(
  options: UploadOptions<Params, Body>,
  run: Run<Params, Body>,
) {
  return handleEveryCluster(options, async ({ request, params, body, clusters: { open } }) => {
    const global = open.find((cluster) => cluster.global);
    if (!global) {
      throw new ProblemError(
        'forbidden',
        'Packages are uploaded to the platform through its global cluster, of which you may not know.',
      );
    }
    const owner = `${global.kube.endpoint.baseUrl}\0${global.user.name}`;
    return run({ request, params, body, owner, clusters: { open, global } });
  });
}

/** @throws ProblemError `forbidden` naming a missing permission, when the user may upload nothing at all */
export async function requireUploadRight({ kube }: OpenedCluster): Promise<void> {
  const answers = await reviewAccess({ kube }, uploadRights);
  if (answers.some(({ allowed }) => allowed)) return;
  const [{ verb, group, resource }] = uploadRights;
  throw new ProblemError(
    'forbidden',
    `You may not upload packages: you lack the permission to ${verb} ${resource}.${group} in namespace "cpaas-system" on cluster "${kube.cluster}". The platform asks for the role platform-admin-system.`,
    { cluster: kube.cluster, verb, resource: `${resource}.${group}`, namespace: 'cpaas-system' },
  );
}

/** Every answer of the tus protocol names its version, refusals too. */
export function tus<Arguments extends unknown[]>(handler: (...given: Arguments) => Promise<Response>) {
  return async (...given: Arguments): Promise<Response> => {
    const response = await handler(...given);
    response.headers.set('tus-resumable', '1.0.0');
    return response;
  };
}
