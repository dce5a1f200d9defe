import { readFile, writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { listInstalled } from '@/lib/packages/server/platform/list-installed';
import { openPlatform } from '@/lib/packages/server/platform/open-platform';
import { clusterNames, platformLogin } from '../check-flags';
import type { Given } from '../flags';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';
import { checkClusters } from './check-clusters';

/** `violet list`: what is installed, printed and written to a file. */
export async function list(given: Given, terminal: Terminal): Promise<number> {
  const login = platformLogin(given, terminal.secrets);
  const named = clusterNames(given);
  const file = given.text('output-file') ?? 'apps.yaml';
  if (given.paths.length > 0) throw new UsageError(`violet list takes no path: ${given.paths[0]}.`);
  const ca = terminal.platformCa ? await readFile(terminal.platformCa, 'utf8') : undefined;
  const platform = await openPlatform({ ...login, ...(ca ? { ca } : {}) }, terminal.signal);
  try {
    const known = await platform.clusters();
    checkClusters(named, known);
    const applications = await listInstalled(platform.kube, named.length > 0 ? named : known);
    const content = { applications: Object.fromEntries(applications) };
    const text = stringify(content);
    await writeFile(file, text);
    terminal.out(given.has('json') ? `${JSON.stringify(content)}\n` : text);
    return 0;
  } finally {
    await platform.close();
  }
}
