import { describe, expect, test } from 'vitest';
import { clusterNames, destinationRegistry, onePath, platformLogin } from './check-flags';
import { readFlags } from './flags';

const push = (line: string) => readFlags('push', line.split(' ').filter(Boolean));
const account = '--platform-username admin --platform-password secret';

describe('the platform', () => {
  test('takes a name and a password, or a token', () => {
    expect(platformLogin(push(`--platform-address https://example.com/ ${account}`))).toEqual({
      address: 'https://example.com',
      username: 'admin',
      password: 'secret',
    });
    expect(platformLogin(push('--platform-address example.com --platform-token t'))).toEqual({
      address: 'https://example.com',
      token: 't',
    });
  });

  test('takes secrets from the environment, so that no list of processes shows them', () => {
    const given = push('--platform-address https://example.com --platform-username admin');
    expect(platformLogin(given, { platformPassword: 'secret' }).password).toBe('secret');
  });

  test.each([
    ['no address', account, /--platform-address is missing/],
    ['no account', '--platform-address https://example.com', /Say who you are/],
    [
      'a name alone',
      '--platform-address https://example.com --platform-username x',
      /needs --platform-password/,
    ],
    [
      'a token beside a name',
      `--platform-address https://example.com ${account} --platform-token t`,
      /together/,
    ],
    [
      'an IPv6 address',
      `--platform-address https://[2001:db8::1]:8443 ${account}`,
      /IPv6 addresses are not supported/,
    ],
    ['a bare IPv6 address', `--platform-address 2001:db8::1 ${account}`, /IPv6 addresses are not supported/],
    ['another protocol', `--platform-address ftp://example.com ${account}`, /is not an address/],
  ])('refuses %s', (_name, line, message) => {
    expect(() => platformLogin(push(line))).toThrow(message);
  });
});

describe('the registry', () => {
  test('is the platform’s unless another one is named', () => {
    expect(destinationRegistry(push(''))).toBeUndefined();
    expect(destinationRegistry(push('--dest-repo 192.168.1.9:11443 --no-auth --plain'))).toEqual({
      address: '192.168.1.9:11443',
      plain: true,
    });
    expect(destinationRegistry(push('--dest-repo harbor.demo.io --username u --password p'))).toEqual({
      address: 'harbor.demo.io',
      username: 'u',
      password: 'p',
    });
  });

  test.each([
    [
      'without credentials',
      '--dest-repo harbor.demo.io',
      /--username and --password of that registry, or --no-auth/,
    ],
    ['with half of them', '--dest-repo harbor.demo.io --username u', /belong together/],
    [
      'with both ways',
      '--dest-repo harbor.demo.io --no-auth --username u --password p',
      /needs no --username/,
    ],
    ['of an IPv6 address', '--dest-repo [2001:db8::1]:11443 --no-auth', /IPv6 addresses are not supported/],
    ['of a bare IPv6 address', '--dest-repo ::1 --no-auth', /IPv6 addresses are not supported/],
    ['with a scheme', '--dest-repo https://harbor.demo.io --no-auth', /is not a host name/],
    ['that is not named', '--plain', /belong to --dest-repo/],
  ])('is refused %s', (_name, line, message) => {
    expect(() => destinationRegistry(push(line))).toThrow(message);
  });
});

test('clusters are separated by commas, and are names', () => {
  expect(clusterNames(push('--clusters region1,region2'))).toEqual(['region1', 'region2']);
  expect(() => clusterNames(push('--clusters ../x'))).toThrow(/takes names of clusters/);
  expect(() => clusterNames(push('--clusters ,'))).toThrow(/takes names of clusters/);
});

test('a flag that a command does not have is named', () => {
  expect(() => readFlags('show', ['x.tgz', '--clusters', 'a'])).toThrow("Unknown option '--clusters'.");
  expect(() => readFlags('push', ['--clusters'])).toThrow(/'--clusters <value>' argument missing/);
  expect(() => onePath(push('a b'), 'a package')).toThrow('b is too many');
});
