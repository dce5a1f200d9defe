import type { Page } from '@playwright/test';
import { parseAllDocuments } from 'yaml';
import { expect } from './test';

/** An object as the page shows it before it is created. */
export interface ShownManifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string } & Record<string, unknown>;
  spec?: unknown;
}

/** The objects that the YAML on the page announces, in the order in which they will be created. */
export async function shownManifests(page: Page): Promise<ShownManifest[]> {
  const text = await page.getByRole('region', { name: 'YAML', exact: true }).textContent();
  return parseAllDocuments(text ?? '').map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

/**
 * The cluster holds each object as it was shown: all of its metadata, and a `spec` that differs in nothing.
 * Controllers add labels and annotations of their own, so those may be more; a namespace's `spec` is the server's.
 */
export async function expectCreated(
  shown: readonly ShownManifest[],
  kubectl: (cluster: string, ...args: string[]) => Promise<string>,
  cluster: string,
): Promise<void> {
  for (const manifest of shown) {
    const { kind, apiVersion, metadata, spec } = manifest;
    const group = apiVersion.includes('/') ? `.${apiVersion.split('/').reverse().join('.')}` : '';
    const namespace = metadata.namespace ? ['-n', metadata.namespace] : [];
    const created = JSON.parse(
      await kubectl(cluster, ...namespace, 'get', `${kind}${group}`, metadata.name, '-o', 'json'),
    );
    expect(created).toMatchObject({ ...manifest });
    if (spec !== undefined) expect(created.spec).toEqual(spec);
  }
}
