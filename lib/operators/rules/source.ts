import { z } from 'zod';
import { operatorSources } from '../contract';
import { text } from './untrusted';

/** What the catalogue says of where an operator comes from. */
export interface Origin {
  catalog: string;
  catalogNamespace: string;
  catalogDisplayName: string;
  /** Annotation `provider-type` of the ClusterServiceVersion. */
  providerType?: string;
  /** Annotation `provider`: plain text, or JSON such as `{"en":"Alauda","zh":"Alauda"}`. */
  providerAnnotation?: string;
}

const words = z.array(z.string().trim().toLowerCase().min(1).max(253)).min(1).max(200);

/** One line of the mapping: every condition that is given must hold. Compared without case. */
const sourceRuleSchema = z.strictObject({
  /** Names of CatalogSources. */
  catalogs: words.optional(),
  catalogNamespaces: words.optional(),
  providerTypes: words.optional(),
  /** Names in the annotation `provider`, in any language. */
  providers: words.optional(),
  source: z.enum(operatorSources),
});
export type SourceRule = z.infer<typeof sourceRuleSchema>;

/** A mapping of one's own, as the file has it: it replaces the default one. */
export const sourceRulesSchema = z.strictObject({ rules: z.array(sourceRuleSchema).max(500) });

/** The namespace of the platform's own catalogs (product document, "Installing via YAML"). */
export const platformCatalogNamespace = 'cpaas-system';

/**
 * The first line that holds decides. No document of the platform tells how the five source types are
 * encoded: the provider types are those of ProductBase (`platform, certified, custom, community`), and
 * the catalog `custom` holds what users uploaded, whatever its metadata claims.
 */
export const defaultSourceRules: readonly SourceRule[] = [
  { catalogs: ['custom'], catalogNamespaces: [platformCatalogNamespace], source: 'Custom' },
  { providerTypes: ['platform', 'alauda'], source: 'Alauda' },
  { providerTypes: ['curated'], source: 'Curated' },
  { providerTypes: ['certified', 'marketplace'], source: 'Marketplace' },
  { providerTypes: ['community'], source: 'Community' },
  { providerTypes: ['custom'], source: 'Custom' },
  { providers: ['alauda', 'platform', '平台'], source: 'Alauda' },
  // The platform's own catalogs also carry operators without such metadata; nobody vouches for those.
  { catalogNamespaces: [platformCatalogNamespace], source: 'Community' },
];

/**
 * The source type of an operator, or its catalog's display name on plain OLM where no type fits
 * (product document, "Operator Sources").
 */
export function sourceOf(origin: Origin, rules: readonly SourceRule[] = defaultSourceRules): string {
  const providers = providerNames(origin.providerAnnotation);
  const rule = rules.find(
    ({ catalogs, catalogNamespaces, providerTypes, providers: names }) =>
      holds(catalogs, [origin.catalog]) &&
      holds(catalogNamespaces, [origin.catalogNamespace]) &&
      holds(providerTypes, [origin.providerType ?? '']) &&
      holds(names, providers),
  );
  return rule?.source ?? (origin.catalogDisplayName || origin.catalog);
}

/** Alauda's operators install with Manual approval only (product document, "Approval Strategy"). */
export function manualApprovalOnly(source: string): boolean {
  return source === 'Alauda';
}

/** Operators of the catalog `system` are never shown (product document, "Operator"). */
export function isHiddenCatalog(catalog: string, catalogNamespace: string): boolean {
  return catalog === 'system' && catalogNamespace === platformCatalogNamespace;
}

function holds(condition: readonly string[] | undefined, values: readonly string[]): boolean {
  return !condition || values.some((value) => condition.includes(value.trim().toLowerCase()));
}

/** Every name that a `provider` annotation gives, in whatever language. */
export function providerNames(annotation: string | undefined): string[] {
  const value = text(annotation, 1000);
  if (!value.startsWith('{')) return value ? [value] : [];
  try {
    const names: unknown = JSON.parse(value);
    return Object.values(names ?? {}).filter((name) => typeof name === 'string' && name !== '');
  } catch {
    return [value];
  }
}
