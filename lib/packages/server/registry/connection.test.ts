import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { RegistryConnection } from './connection';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers as a registry in one situation. */
async function registry(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const call = { method: 'HEAD', url: '/v2/acp/x/blobs/y', expect: [200], doing: 'a blob' } as const;
const account = { username: 'user', password: 'secret', plain: true };
const basic = `Basic ${Buffer.from('user:secret').toString('base64')}`;

test('a registry that asks for a password gets it', async () => {
  const address = await registry(({ headers }, response) => {
    response.setHeader('www-authenticate', 'Basic realm="r"');
    response.writeHead(headers.authorization === basic ? 200 : 401).end();
  });
  const connection = new RegistryConnection({ address, ...account });
  expect((await connection.send(call)).status).toBe(200);
  await connection.close();
});

test('a registry that asks for a token gets one from whom it names', async () => {
  const asked: (string | undefined)[] = [];
  const address = await registry(({ url, headers }, response) => {
    if (url?.startsWith('/token')) {
      asked.push(headers.authorization, url);
      response.end('{"token":"t"}');
      return;
    }
    const realm = `Bearer realm="http://${headers.host}/token",service="s",scope="repository:acp/x:pull,push"`;
    response.setHeader('www-authenticate', realm);
    response.writeHead(headers.authorization === 'Bearer t' ? 200 : 401).end();
  });
  const connection = new RegistryConnection({ address, ...account });
  await connection.send(call);
  await connection.send(call);
  expect(asked).toEqual([basic, '/token?service=s&scope=repository%3Aacp%2Fx%3Apull%2Cpush']);
  await connection.close();
});

test('a wrong password is told with what to try, and not tried again', async () => {
  let requests = 0;
  const address = await registry((_request, response) => {
    requests += 1;
    response.setHeader('www-authenticate', 'Basic realm="r"');
    response.writeHead(401).end();
  });
  const connection = new RegistryConnection({ address, ...account });
  await expect(connection.send(call)).rejects.toThrow(
    'The registry refused a blob: 401. Give the user name and password of the registry.',
  );
  expect(requests).toBe(2);
  await connection.close();
});

test('credentials do not go to another host that the registry names', async () => {
  const address = await registry(({ headers }, response) => {
    response.setHeader('www-authenticate', 'Basic realm="r"');
    response.writeHead(headers.authorization ? 200 : 401).end();
  });
  const connection = new RegistryConnection({ address, ...account });
  await connection.send(call);
  const seen: (string | undefined)[] = [];
  const other = createServer(({ headers }, response) => {
    seen.push(headers.authorization);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await connection.send({ ...call, url: `http://127.0.0.1:${port}/v2/acp/x/blobs/y` });
  expect(seen).toEqual([undefined]);
  await connection.close();
  other.close();
});

test('a registry on this machine may speak HTTP without being asked for it', async () => {
  const address = await registry((_request, response) => response.end());
  const connection = new RegistryConnection({ address });
  expect((await connection.send(call)).status).toBe(200);
  await connection.close();
});

test('what a registry says in its own words is told on one line', async () => {
  const address = await registry((_request, response) => {
    response.writeHead(400);
    response.end(
      '{"errors":[{"code":"DIGEST_INVALID","message":"provided digest\\n\\u001b[31mdid not match"}]}',
    );
  });
  const connection = new RegistryConnection({ address, plain: true });
  await expect(connection.send({ ...call, method: 'PUT' })).rejects.toThrow(
    'The registry refused a blob: 400, DIGEST_INVALID provided digest [31mdid not match.',
  );
  await connection.close();
});
