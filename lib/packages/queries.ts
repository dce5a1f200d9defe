import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from '@/lib/http/fetch';
import { type DeleteVersion, type PackageType, packageListSchema } from './list-contract';

/** What a synchronisation needs is not all told by events: other clusters have none on this page. */
const SYNCHRONISING_REFRESH_MS = 5_000;

/** What was uploaded, of one type; asked again while something is being synchronised. */
export function packagesQuery(type: PackageType) {
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
