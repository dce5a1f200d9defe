import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = new URL('../../content/packages/', import.meta.url);

const text = z.strictObject({ en: z.string(), zh: z.string() });

const productBaseSchema = z.strictObject({
  version: z.string(),
  absent: z.array(
    z.strictObject({
      name: z.string(),
      packageType: z.enum(['OperatorBundle', 'ModulePlugin', 'Chart']),
      displayName: text,
      brief: text,
      provider: text,
      providerType: z.string(),
      catalogSource: z.string(),
      categories: z.array(z.string()),
      repository: z.string(),
      channel: z.string(),
      tag: z.string(),
    }),
  ),
});

export type ProductBaseContent = z.infer<typeof productBaseSchema>;

const chartsSchema = z.strictObject({
  repository: z.strictObject({ name: z.string(), type: z.string(), url: z.url() }),
  charts: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      /** Listed by the repository's own index; the others were uploaded. */
      indexed: z.boolean().default(false),
      versions: z.array(z.strictObject({ version: z.string(), appVersion: z.string() })).min(1),
    }),
  ),
});

export type ChartsContent = z.infer<typeof chartsSchema>;

/** The platform and the packages that it knows of although they are not uploaded. Throws naming the file. */
export function readProductBase(): Promise<ProductBaseContent> {
  return read('product-base.yaml', productBaseSchema);
}

/** The Helm charts that the platform starts with. Throws naming the file. */
export function readCharts(): Promise<ChartsContent> {
  return read('charts.yaml', chartsSchema);
}

async function read<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(parse(await readFile(new URL(file, folder), 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`content/packages/${file}: ${z.prettifyError(parsed.error)}`);
}
