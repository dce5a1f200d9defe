import { beforeEach, describe, expect, test } from 'vitest';
import type { KubeObject, ResourceRef } from '../client/types.ts';
import { arrayAt, at } from './json.ts';
import { key, refusal, TestServer } from './testing/test-server.ts';

const definitions: ResourceRef = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
};
const widgets: ResourceRef = { group: 'example.com', version: 'v1', resource: 'widgets' };

let on: TestServer;

beforeEach(() => {
  on = new TestServer();
});

describe('custom resources', () => {
  test('are defaulted, pruned and validated by their schema', async () => {
    await serveWidgets();
    const made = await on.client.create(
      widgets,
      widget('a', { size: 1, bogus: true, free: { any: 1 }, port: 'http' }),
    );
    expect(made.spec).toEqual({ size: 1, color: 'red', free: { any: 1 }, port: 'http' });
    const status = await refusal(on.client.create(widgets, widget('b', { size: 0, color: 'green' })));
    expect(status.details?.causes?.map(({ field, reason }) => [field, reason])).toEqual([
      ['spec.size', 'FieldValueInvalid'],
      ['spec.color', 'FieldValueNotSupported'],
    ]);
  });

  test('have a status of their own, and count generations of the rest', async () => {
    await serveWidgets();
    const made = await on.client.create(widgets, { ...widget('a', { size: 1 }), status: { phase: 'Lost' } });
    expect(made.status).toBeUndefined();
    const reported = await on.client.updateStatus(widgets, { ...made, status: { phase: 'Ready' } });
    expect(reported).toMatchObject({ metadata: { generation: 1 }, status: { phase: 'Ready' } });
    const changed = await on.client.update(widgets, {
      ...reported,
      spec: { size: 2 },
      status: { phase: 'Lost' },
    });
    expect(changed).toMatchObject({ metadata: { generation: 2 }, status: { phase: 'Ready' } });
  });

  test('print the columns that their CRD declares, escaped dots and indexes included', async () => {
    await serveWidgets();
    const labels = { 'cpaas.io/cluster-name': 'edge' };
    const made = await on.client.create(widgets, {
      ...widget('a', { size: 1 }),
      metadata: { ...key('a'), labels },
    });
    await on.client.updateStatus(widgets, { ...made, status: { versions: [{ version: 'v2' }] } });
    const table = await tableOf('/apis/example.com/v1/namespaces/default/widgets');
    expect(at(arrayAt(table, 'rows')[0], 'cells')).toEqual(['a', 'edge', 'v2']);
  });

  test('a CRD with a broken schema is refused with the path of the fault', async () => {
    const versions = [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: {} } } },
      },
    ];
    const status = await refusal(serveWidgets({ versions }));
    expect(status).toMatchObject({
      code: 422,
      details: { causes: [{ field: 'spec.versions[0].schema.openAPIV3Schema.properties[spec].type' }] },
    });
  });

  test('a CRD whose kind another one has is served once that one gives it back', async () => {
    await serveWidgets();
    const names = { plural: 'gadgets', singular: 'gadget', kind: 'Widget' };
    await on.client.create(definitions, widgetDefinition('gadgets', { names }));
    expect(await conditionOf('gadgets.example.com', 'NamesAccepted')).toMatchObject({
      status: 'False',
      reason: 'KindConflict',
      message: '"Widget" is already in use',
    });
    const given = { spec: { names: { kind: 'Other', listKind: 'OtherList' } } };
    await on.client.patch(definitions, { name: 'widgets.example.com' }, given, { type: 'merge' });
    await conditionOf('gadgets.example.com', 'Established', 'True');
    const gadgets = { ...widgets, resource: 'gadgets' };
    expect((await on.client.list(gadgets)).items).toEqual([]);
  });
});

/** A collection as a Table, asked by someone who may read it. */
async function tableOf(path: string): Promise<unknown> {
  await on.grant('cluster-admin');
  const { body } = await on.raw('GET', path, {
    accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    token: 'jane',
  });
  return body;
}

async function serveWidgets(spec: Record<string, unknown> = {}): Promise<void> {
  await on.client.create(definitions, widgetDefinition('widgets', spec));
  await conditionOf('widgets.example.com', 'Established');
}

/** Waits until a CRD has a condition, with that status where one is asked for. */
async function conditionOf(crd: string, type: string, status?: string): Promise<unknown> {
  const fieldSelector = `metadata.name=${crd}`;
  for await (const { object } of on.client.watch(definitions, { fieldSelector })) {
    const found = arrayAt(object, 'status', 'conditions').find(
      (condition) => at(condition, 'type') === type && (!status || at(condition, 'status') === status),
    );
    if (found) return found;
  }
  throw new Error(`the watch of ${crd} ended`);
}

function widgetDefinition(plural: string, spec: Record<string, unknown> = {}): KubeObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.example.com` },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget', shortNames: ['wd'], categories: ['all'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Cluster', type: 'string', jsonPath: '.metadata.labels.cpaas\\.io/cluster-name' },
            { name: 'First', type: 'string', jsonPath: '.status.versions[0].version' },
          ],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  required: ['size'],
                  properties: {
                    size: { type: 'integer', minimum: 1 },
                    color: { type: 'string', default: 'red', enum: ['red', 'blue'] },
                    port: { 'x-kubernetes-int-or-string': true },
                    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                  },
                },
                status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
              },
            },
          },
        },
      ],
      ...spec,
    },
  };
}

function widget(name: string, spec: unknown): KubeObject {
  return { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name, namespace: 'default' }, spec };
}
