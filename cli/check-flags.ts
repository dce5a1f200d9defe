import { isIPv6 } from 'node:net';
import type { PlatformLogin } from '@/lib/packages/server/platform/open-platform';
import type { RegistryTarget } from '@/lib/packages/server/push-target';
import type { Given } from './flags';
import { UsageError } from './usage-error';

/** Variables that stand in for flags whose values should not be seen in a list of processes. */
export interface Secrets {
  platformToken?: string | undefined;
  platformPassword?: string | undefined;
  registryPassword?: string | undefined;
}

const clusterName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** The platform and the account. @throws UsageError */
export function platformLogin(given: Given, secrets: Secrets = {}): PlatformLogin {
  const address = platformAddress(given.text('platform-address'));
  const username = given.text('platform-username');
  const flagToken = given.text('platform-token');
  if (flagToken !== undefined && (username !== undefined || given.text('platform-password') !== undefined)) {
    throw new UsageError('--platform-token can not be used together with a user name and password.');
  }
  const clientId = given.text('client-id');
  if (username !== undefined) {
    const password = given.text('platform-password') ?? secrets.platformPassword;
    if (!password) throw new UsageError('--platform-username needs --platform-password.');
    return { address, username, password, ...(clientId ? { clientId } : {}) };
  }
  const token = flagToken ?? secrets.platformToken;
  if (!token) {
    throw new UsageError(
      'Say who you are: --platform-username and --platform-password, or --platform-token.',
    );
  }
  return { address, token };
}

function platformAddress(value: string | undefined): string {
  if (!value) throw new UsageError('--platform-address is missing, the access URL of the platform.');
  refuseIPv6('--platform-address', value);
  const url = URL.parse(value.includes('://') ? value : `https://${value}`);
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.search) {
    throw new UsageError(`--platform-address ${value} is not an address such as https://example.com.`);
  }
  refuseIPv6('--platform-address', url.hostname);
  return url.origin;
}

/** The registry that `--dest-repo` names; `undefined` where the platform's own is meant. @throws UsageError */
export function destinationRegistry(given: Given, secrets: Secrets = {}): RegistryTarget | undefined {
  const address = given.text('dest-repo');
  const username = given.text('username');
  const password = given.text('password') ?? (username === undefined ? undefined : secrets.registryPassword);
  if ((username === undefined) !== (password === undefined)) {
    throw new UsageError('--username and --password of the image registry belong together.');
  }
  if (given.has('no-auth') && username !== undefined) {
    throw new UsageError('--no-auth says that the registry needs no --username and --password.');
  }
  if (address === undefined) {
    if (username !== undefined || given.has('no-auth') || given.has('plain')) {
      throw new UsageError('--username, --password, --no-auth and --plain belong to --dest-repo.');
    }
    return undefined;
  }
  refuseIPv6('--dest-repo', address);
  if (!/^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:\d{1,5})?$/.test(address)) {
    throw new UsageError(
      `--dest-repo ${address} is not a host name with or without a port, such as harbor.demo.io.`,
    );
  }
  if (username === undefined && !given.has('no-auth')) {
    throw new UsageError('--dest-repo needs --username and --password of that registry, or --no-auth.');
  }
  return {
    address,
    ...(username !== undefined && password !== undefined ? { username, password } : {}),
    ...(given.has('plain') ? { plain: true } : {}),
  };
}

/** The names in `--clusters`. @throws UsageError */
export function clusterNames(given: Given): string[] {
  const text = given.text('clusters');
  if (text === undefined) return [];
  const names = text.split(',').flatMap((name) => name.trim() || []);
  const wrong = names.find((name) => !clusterName.test(name));
  if (names.length === 0 || wrong !== undefined) {
    throw new UsageError(
      `--clusters takes names of clusters, separated by commas, not ${JSON.stringify(text)}.`,
    );
  }
  return names;
}

/** The one path that a command works on. @throws UsageError */
export function onePath({ paths }: Given, what: string): string {
  const [path, second] = paths;
  if (path === undefined) throw new UsageError(`Name ${what}.`);
  if (second !== undefined) throw new UsageError(`One path at a time: ${second} is too many.`);
  return path;
}

function refuseIPv6(flag: string, value: string): void {
  const host = value.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '');
  const bare = host.replace(/^\[/, '').replace(/\](:\d+)?$/, '');
  if (!host.startsWith('[') && !isIPv6(bare)) return;
  throw new UsageError(
    `${flag} ${value}: IPv6 addresses are not supported, use an IPv4 address or a domain name.`,
  );
}
