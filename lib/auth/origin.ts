import 'server-only';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a `Host` header names this console. On loopback the three names of the machine itself count
 * as one, at the port of the public address.
 */
export function isOurHost(host: string | null, publicUrl: URL): boolean {
  if (!host) return false;
  const given = host.toLowerCase();
  return ourHosts(publicUrl).includes(given);
}

/** Whether an `Origin` header is this console's own. A browser sends it with every request that can change something. */
export function isOurOrigin(origin: string | null, publicUrl: URL): boolean {
  if (!origin) return false;
  return ourHosts(publicUrl).some((host) => origin.toLowerCase() === `${publicUrl.protocol}//${host}`);
}

function ourHosts(publicUrl: URL): string[] {
  if (!LOOPBACK_NAMES.includes(publicUrl.hostname)) return [publicUrl.host];
  const port = publicUrl.port ? `:${publicUrl.port}` : '';
  return LOOPBACK_NAMES.map((name) => name + port);
}
