import { expect, test } from 'vitest';
import { revalidated } from './revalidate';

const headers = { 'content-type': 'text/plain', 'cache-control': 'private, no-cache' };
const asking = (tag?: string) =>
  new Request('http://console.invalid/', { headers: tag === undefined ? {} : { 'if-none-match': tag } });

test('whoever has an answer already is not sent it again', async () => {
  const first = revalidated(asking(), 'text', headers);
  const etag = first.headers.get('etag') ?? '';
  expect(await first.text()).toBe('text');
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = revalidated(asking(tag), 'text', headers);
    expect(again.status).toBe(304);
    expect(again.headers.get('cache-control')).toBe('private, no-cache');
    expect(await again.text()).toBe('');
  }
});

test.each(['"other"', '', 'W/'])('whoever has %j is sent the answer', (tag) => {
  expect(revalidated(asking(tag), 'text', headers).status).toBe(200);
});
