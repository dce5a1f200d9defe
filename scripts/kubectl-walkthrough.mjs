// npm run kubectl-walkthrough: installs operators and cluster plugins on a fresh sandbox with kubectl, the way the
// product document does, and says where the sandbox prints something else.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubectlVersion, program } from './lib/kubectl.mjs';
import { startSandbox, stopAll } from './lib/processes.mjs';
import { ensureInstalled, main, Refusal } from './lib/project.mjs';
import { walkThrough } from './lib/walkthrough.mjs';

await main(async () => {
  const version = kubectlVersion();
  if (!version)
    throw new Refusal(`${program} can't be run: install kubectl, or set KUBECTL to the path of one.`);
  await ensureInstalled();
  const folder = await mkdtemp(join(tmpdir(), 'walkthrough-'));
  const sandbox = await startSandbox({
    SANDBOX_PORT: '0',
    SANDBOX_DIR: folder,
    SANDBOX_STATE: 'fresh',
    SANDBOX_SPEED: '20',
  });
  try {
    console.log(`kubectl ${version} on a fresh sandbox`);
    const { commands, differences } = await walkThrough(sandbox.kubeconfig, (line) => console.log(line));
    const outcome =
      differences.length === 0
        ? 'all as documented'
        : `${differences.length} not as documented (DIFFERS above)`;
    console.log(`\n${commands} commands, ${outcome}.`);
    if (differences.length > 0) process.exitCode = 1;
  } finally {
    await stopAll([sandbox.child]);
    await rm(folder, { recursive: true, force: true });
  }
});
