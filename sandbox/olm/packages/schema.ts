const text = { type: 'string' };
const map = (description: string) => ({ type: 'object', additionalProperties: text, description });
const list = (description: string, properties: Record<string, unknown>) => ({
  type: 'array',
  description,
  items: { type: 'object', properties },
});
const deprecation = {
  type: 'object',
  description: 'Why it should not be used any more; absent while it may be.',
  properties: { message: text },
};

/** What `kubectl explain packagemanifest` tells: the fields that clients read. */
export const packageManifestSchema: Record<string, unknown> = {
  type: 'object',
  description: 'A package of the catalogs that can be installed in a namespace. Computed, never stored.',
  properties: {
    apiVersion: text,
    kind: text,
    metadata: {
      type: 'object',
      description: 'Name of the package; labels tell its catalog, its provider and where it runs.',
    },
    spec: { type: 'object', description: 'Always empty.' },
    status: {
      type: 'object',
      properties: {
        catalogSource: { ...text, description: 'Name of the CatalogSource that has the package.' },
        catalogSourceDisplayName: text,
        catalogSourcePublisher: text,
        catalogSourceNamespace: text,
        packageName: text,
        defaultChannel: { ...text, description: 'The channel of a Subscription that names none.' },
        provider: map('Who provides the package.'),
        deprecation,
        channels: list('The channels in the order of their names.', {
          name: text,
          currentCSV: { ...text, description: 'The newest version of the channel.' },
          currentCSVDesc: {
            type: 'object',
            description: 'What the ClusterServiceVersion of the newest version says about itself.',
            properties: {
              displayName: text,
              version: text,
              description: text,
              annotations: map('Annotations of the ClusterServiceVersion.'),
              minKubeVersion: text,
              installModes: list('Which namespaces it can watch.', {
                type: text,
                supported: { type: 'boolean' },
              }),
              relatedImages: { type: 'array', items: text },
            },
          },
          entries: list('All versions of the channel, the newest first.', {
            name: text,
            version: text,
            deprecation,
          }),
          deprecation,
        }),
      },
    },
  },
};
