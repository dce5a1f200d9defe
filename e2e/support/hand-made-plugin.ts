/** A plugin of one version, ready to be installed, as somebody would create it by hand. */
export function handMade(name: string, spec: Record<string, unknown>): string {
  const labels = { 'cpaas.io/module-name': name, 'cpaas.io/module-type': 'plugin' };
  const common = { name, version: 'v1.0.0', deleteable: true, description: { en: '', zh: '' }, logo: '' };
  const of = (kind: string, object: string, more: Record<string, unknown>) => ({
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind,
    metadata: { name: object, labels: { ...labels, 'cpaas.io/module-version': 'v1.0.0' } },
    spec: { ...common, ...more },
  });
  const objects = [of('ModulePlugin', name, {}), of('ModuleConfig', `${name}-v1.0.0`, spec)];
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}
