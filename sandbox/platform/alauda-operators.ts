import type { Subscription } from '../olm/api.ts';
import { csvMetadataOf } from '../olm/catalog/manifests.ts';
import type { OlmContext } from '../olm/context.ts';

/**
 * Whether a Subscription asks for an operator of the platform's own maker. That is told by its CSV's annotations,
 * `provider-type: platform` or an Alauda `provider`, never by its name or catalog: the platform's catalog holds others too.
 */
export function isAlaudaOperator(olm: OlmContext, { spec }: Subscription): boolean {
  const source = olm.catalogSources.get(`${spec.sourceNamespace}/${spec.source}`);
  if (!source) return false;
  const connection = olm.connections.connect(source);
  if (connection.state !== 'READY') return false;
  const owner = connection.content.packages.get(spec.name);
  const channel = owner?.channels.get(spec.channel || owner.defaultChannel);
  const bundle = owner?.bundles.get(spec.startingCSV || channel?.head || '');
  if (!bundle) return false;
  const annotations = csvMetadataOf(bundle).annotations ?? {};
  return annotations['provider-type'] === 'platform' || namesAlauda(annotations.provider);
}

/** `provider` is plain text or JSON with one text per language. */
function namesAlauda(provider: string | undefined): boolean {
  if (provider === undefined || provider.length > 1_000) return false;
  if (provider === 'Alauda' || provider === 'platform') return true;
  try {
    const names: unknown = JSON.parse(provider);
    return typeof names === 'object' && names !== null && Object.values(names).includes('Alauda');
  } catch {
    return false;
  }
}
