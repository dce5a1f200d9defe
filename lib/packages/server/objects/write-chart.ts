import 'server-only';
import { z } from 'zod';
import type { KubeClient } from '@/lib/kube/client';
import type { KubeObject } from '@/lib/kube/types';
import { PackageError } from '../../contract';
import { charts, uploadNamespace } from '../../refs';
import { chartRepository } from '../charts';
import type { InspectedPackage } from '../inspect-package';
import { ensure, type Told } from './ensure';

const versionsSchema = z.array(z.looseObject({ version: z.string() }));

/** Lists a chart in the platform's chart repository: the object `<chart>.<repository>`, newest version first. */
export async function writeChart(
  kube: KubeClient,
  source: InspectedPackage,
  registry: string,
  told: Told,
): Promise<void> {
  const { summary, manifest, chart } = source;
  const { repository, tag, digest } = mainImage(source);
  const name = `${summary.name}.${chartRepository}`;
  const description = chart?.yaml.description ?? manifest?.description;
  const appVersion = chart?.yaml.appVersion ?? manifest?.appVersion;
  const entry = {
    name: summary.name,
    version: summary.version,
    ...(appVersion ? { appVersion } : {}),
    ...(description ? { description } : {}),
    digest,
    urls: [`oci://${registry}/${repository}:${tag}`],
  };
  await ensure(
    kube,
    charts,
    { name, namespace: uploadNamespace },
    (existing) => ({
      apiVersion: 'app.alauda.io/v1beta1',
      kind: 'Chart',
      metadata: { name, namespace: uploadNamespace, labels: { repo: chartRepository } },
      spec: { versions: withVersion(existing, entry, new Date().toISOString()) },
    }),
    told,
  );
}

/** @param now when a chart that was not there before is uploaded, in the words of Helm's index */
function withVersion(
  existing: KubeObject | undefined,
  entry: { version: string; digest: string },
  now: string,
): { version: string }[] {
  const spec = z.object({ versions: versionsSchema.default([]) }).safeParse(existing?.spec ?? {});
  const versions = spec.data?.versions ?? [];
  const known = versions.find(({ version }) => version === entry.version);
  const created = known?.digest === entry.digest && typeof known.created === 'string' ? known.created : now;
  if (!known) return [{ ...entry, created }, ...versions];
  return versions.map((one) => (one === known ? { ...entry, created } : one));
}

function mainImage({ images, file }: InspectedPackage) {
  const [first] = images;
  if (first) return first.image;
  throw new PackageError('InvalidPackage', `${file} holds no chart.`);
}
