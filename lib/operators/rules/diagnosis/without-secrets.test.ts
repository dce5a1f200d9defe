import { describe, expect, test } from 'vitest';
import { maskSecrets } from './mask-secrets';
import { withoutSecrets } from './without-secrets';

describe('what leaves in a support bundle', () => {
  test.each([
    ['a password in an assignment', 'DB_PASSWORD=hunter2 retries=3', 'DB_PASSWORD=<removed> retries=3'],
    ['a password in JSON', '{"password": "hunter2", "user": "a"}', '{"password": "<removed>", "user": "a"}'],
    ['a bearer token', 'Authorization: Bearer abcdefghijkl', 'Authorization: Bearer <removed>'],
    ['a user in an address', 'dial postgres://bob:pw@db:5432/x', 'dial postgres://<removed>@db:5432/x'],
    ['a token', `t eyJhbGciOi.eyJzdWIiOi.c2ln end`, 't <removed> end'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '<removed>'],
  ])('lacks %s', (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });

  test('keeps words that only speak of secrets', () => {
    const text = 'secret "db" not found; waiting for token controller';
    expect(maskSecrets(text)).toBe(text);
  });

  test('lacks secrets of objects, and keeps what explains them', () => {
    const pod = {
      kind: 'Pod',
      metadata: {
        name: 'a',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"password":"x"}', note: 'n' },
      },
      spec: {
        imagePullSecrets: [{ name: 'registry' }],
        containers: [
          {
            name: 'manager',
            image: 'r/kiali:1',
            env: [
              { name: 'DB_PASSWORD', value: 'hunter2' },
              { name: 'LOG_LEVEL', value: 'debug' },
              { name: 'DB_URL', value: 'postgres://bob:pw@db/x' },
              { name: 'FROM', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
            ],
          },
        ],
      },
      status: { phase: 'Pending' },
    };
    expect(withoutSecrets(pod)).toEqual({
      kind: 'Pod',
      metadata: { name: 'a', annotations: { note: 'n' } },
      spec: {
        imagePullSecrets: '<removed>',
        containers: [
          {
            name: 'manager',
            image: 'r/kiali:1',
            env: [
              { name: 'DB_PASSWORD', value: '<removed>' },
              { name: 'LOG_LEVEL', value: 'debug' },
              { name: 'DB_URL', value: 'postgres://<removed>@db/x' },
              { name: 'FROM', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
            ],
          },
        ],
      },
      status: { phase: 'Pending' },
    });
    expect(withoutSecrets({ kind: 'Secret', data: { a: 'eA==' }, stringData: { b: 'x' } })).toEqual({
      kind: 'Secret',
      data: '<removed>',
      stringData: '<removed>',
    });
  });

  test('is bounded, however deep or long an object is', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 1000; level++) deep = { deep };
    expect(JSON.stringify(withoutSecrets(deep)).length).toBeLessThan(1000);
    expect(JSON.stringify(withoutSecrets('x'.repeat(1_000_000))).length).toBeLessThan(30_000);
  });
});
