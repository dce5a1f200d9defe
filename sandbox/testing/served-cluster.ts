import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { startControllers } from '../controllers/start.ts';
import { Faults } from '../faults/faults.ts';
import { makeCluster } from '../make-cluster.ts';
import { makeCertificates } from '../server/certificates.ts';
import { kubeconfig } from '../server/kubeconfig.ts';
import { listen } from '../server/listen.ts';

/** One cluster with Kubernetes' own controllers behind a real HTTPS socket, for tests from outside. */
export interface ServedCluster {
  cluster: ClusterRuntime;
  url: string;
  kubeconfig: string;
  /** PEM of the certificate authority. */
  ca: string;
  /** Runs kubectl; gives what it printed and how it ended. */
  kubectl(...args: string[]): Promise<{ code: number; output: string }>;
  close(): Promise<void>;
}

const admin = { username: 'admin', groups: ['system:masters'] };

/** Starts one, faster than a real cluster by `speed`; the token `admin` may do everything. */
export async function serveCluster({ speed = 20 } = {}): Promise<ServedCluster> {
  const stop = new AbortController();
  const tokens = (token: string) => (token === 'admin' ? admin : undefined);
  const cluster = makeCluster({ name: 'global', speed, signal: stop.signal, tokens });
  const labels = { 'kubernetes.io/os': 'linux' };
  const nodes = { group: '', version: 'v1', resource: 'nodes' };
  await cluster.client.create(nodes, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-0', labels },
  });
  startControllers(cluster);
  const certificates = await makeCertificates();
  const faults = new Faults(new Map([['global', cluster]]));
  const handle = faults.around((request) => cluster.server.handle(request, '/kubernetes/global'));
  const { port, close } = await listen(handle, { port: 0, key: certificates.key, cert: certificates.cert });
  const url = `https://127.0.0.1:${port}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
  const file = path.join(folder, 'kubeconfig');
  await writeFile(
    file,
    kubeconfig({ url, ca: certificates.ca, user: 'admin', token: 'admin', clusters: ['global'] }),
  );
  return {
    cluster,
    url,
    kubeconfig: file,
    ca: certificates.ca,
    kubectl: (...args) => run('kubectl', ['--kubeconfig', file, '--cache-dir', folder, ...args]),
    close: async () => {
      stop.abort();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function run(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 30_000 }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ code, output: `${stdout}${stderr}` });
    });
  });
}

/** Whether a kubectl is installed that speaks to current servers. */
export async function hasKubectl(): Promise<boolean> {
  const { code, output } = await run('kubectl', ['version', '--client']);
  return code === 0 && /v1\.(2[5-9]|[3-9]\d)\./.test(output);
}
