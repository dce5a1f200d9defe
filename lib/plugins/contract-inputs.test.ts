import { describe, expect, test } from 'vitest';
import { installPluginInputSchema, pluginParamsSchema, resourceOptionsQuerySchema } from './contract-inputs';

describe('an installation that is asked for', () => {
  test('may leave the configuration out', () => {
    expect(installPluginInputSchema.parse({ version: 'v4.0.4' })).toEqual({ version: 'v4.0.4', config: {} });
  });

  test.each([
    [{}],
    [{ version: '../v1' }],
    [{ version: 'v1', config: [] }],
    [{ version: 'v1', config: 'text' }],
    [{ version: 'v1', config: JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`) }],
  ])('is refused as %.80j', (input) => {
    expect(installPluginInputSchema.safeParse(input).success).toBe(false);
  });
});

test.each(['..', 'a/b', 'A', '__proto__', 'x'.repeat(300), ''])('%.20j is no name of a plugin', (name) => {
  expect(pluginParamsSchema.safeParse({ cluster: 'business', name }).success).toBe(false);
});

test.each([{ kind: '../secrets' }, { kind: 'Secret', namespace: '..' }, {}])('%j are no options', (query) => {
  expect(resourceOptionsQuerySchema.safeParse(query).success).toBe(false);
});
