import { expect, test } from 'vitest';
import { isOurHost, isOurOrigin } from './origin';

const loopback = new URL('http://127.0.0.1:3000');
const deployed = new URL('https://console.example.com');

test.each([
  ['127.0.0.1:3000', loopback, true],
  ['localhost:3000', loopback, true],
  ['[::1]:3000', loopback, true],
  ['localhost:3001', loopback, false],
  ['localhost', loopback, false],
  ['evil.example', loopback, false],
  ['console.example.com', deployed, true],
  ['CONSOLE.example.com', deployed, true],
  ['console.example.com:8443', deployed, false],
  ['localhost', deployed, false],
  [null, deployed, false],
])('Host %s at %s is ours: %s', (host, publicUrl, expected) => {
  expect(isOurHost(host, publicUrl)).toBe(expected);
});

test.each([
  ['http://localhost:3000', loopback, true],
  ['https://localhost:3000', loopback, false],
  ['null', loopback, false],
  [null, loopback, false],
  ['https://console.example.com', deployed, true],
  ['http://console.example.com', deployed, false],
  ['https://console.example.com.evil.example', deployed, false],
])('Origin %s at %s is ours: %s', (origin, publicUrl, expected) => {
  expect(isOurOrigin(origin, publicUrl)).toBe(expected);
});
