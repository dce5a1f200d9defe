import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { problemSchema } from '@/lib/http/contract';
import { ProblemResponse, request } from '@/lib/http/fetch';
import { requestLines } from '@/lib/http/fetch-lines';
import { type PushEvent, pushEventSchema } from './contract';
import { type DeleteVersion, type PackageTab, packageListSchema } from './list-contract';
import {
  type InspectedUpload,
  type InspectInput,
  inspectedPackageSchema,
  type PushInput,
  waitingUploadListSchema,
} from './upload-contract';

/** What a synchronisation needs is not all told by events: other clusters have none on this page. */
const SYNCHRONISING_REFRESH_MS = 5_000;

/** What was uploaded, of one type; asked again while something is being synchronised. */
export function packagesQuery(type: PackageTab) {
  return queryOptions({
    queryKey: ['packages', type],
    queryFn: ({ signal }) =>
      request(packageListSchema, `/api/packages?${new URLSearchParams({ type })}`, { signal }),
    staleTime: 10_000,
    refetchInterval: ({ state }) => {
      const places = state.data?.items.flatMap(({ versions }) =>
        versions.flatMap((version) => version.places),
      );
      const waits = places?.some(
        ({ phase, synchronisingSince }) => synchronisingSince ?? phase === 'Deleting',
      );
      return waits ? SYNCHRONISING_REFRESH_MS : false;
    },
  });
}

/** Deletes one uploaded version on one cluster. */
export function deletePackageVersion(version: DeleteVersion): Promise<{ deleted: string }> {
  return request(z.object({ deleted: z.string() }), '/api/packages/versions', {
    method: 'DELETE',
    body: version,
  });
}

/** The packages of this user that wait on the console. */
export function waitingUploadsQuery() {
  return queryOptions({
    queryKey: ['packages', 'uploads'],
    queryFn: ({ signal }) => request(waitingUploadListSchema, '/api/packages/uploads', { signal }),
    select: ({ items }) => items,
    staleTime: 0,
  });
}

/** Reads and verifies an uploaded package; one that is unsound is removed from the console. */
export function inspectUpload(id: string, input: InspectInput): Promise<InspectedUpload> {
  return request(inspectedPackageSchema, `/api/packages/uploads/${id}/package`, {
    method: 'POST',
    body: input,
  });
}

/** Pushes an uploaded package and tells what happens meanwhile. */
export function pushUpload(id: string, input: PushInput, signal?: AbortSignal): AsyncGenerator<PushEvent> {
  return requestLines(pushEventSchema, `/api/packages/uploads/${id}/push`, { body: input, signal });
}

/** Removes an uploaded package from the console. */
export async function removeUpload(id: string): Promise<void> {
  const response = await fetch(`/api/packages/uploads/${id}`, {
    method: 'DELETE',
    headers: { 'tus-resumable': '1.0.0' },
  });
  // Gone already is what was wanted.
  if (response.ok || response.status === 404) return;
  throw new ProblemResponse(problemSchema.parse(await response.json()));
}

/** The checksum of the tool that the console serves, as 64 hexadecimal digits. */
export function toolQuery() {
  return queryOptions({
    queryKey: ['packages', 'tool'],
    queryFn: async ({ signal }) => {
      const response = await fetch('/api/packages/tool/violet.mjs.sha256', { signal });
      if (!response.ok) throw new ProblemResponse(problemSchema.parse(await response.json()));
      return (await response.text()).slice(0, 64);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
