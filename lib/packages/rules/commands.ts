import { quoted } from '@/lib/operators/rules/violet';
import type { DeleteVersion } from '../list-contract';

/**
 * The command that deletes an uploaded version as the console does.
 * @param isOnly whether it is the only version: a chart's object goes with it
 */
export function deleteVersionCommand(version: DeleteVersion, isOnly: boolean): string {
  const { type, cluster, object } = version;
  const kubectl = `kubectl --context ${quoted(cluster)}`;
  if (type === 'chart' && !isOnly) {
    const others = "'.spec.versions |= map(select(.version != $version))'";
    return [
      `${kubectl} get charts.app.alauda.io -n cpaas-system ${quoted(object)} -o json`,
      `jq --arg version ${quoted(version.version)} ${others}`,
      `${kubectl} replace -f -`,
    ].join(' |\n  ');
  }
  return `${kubectl} delete ${resources[type]} ${quoted(object)}`;
}

const resources = {
  operator: 'artifactversions.app.alauda.io -n cpaas-system',
  plugin: 'moduleconfigs.cluster.alauda.io',
  chart: 'charts.app.alauda.io -n cpaas-system',
};

/**
 * The command that uploads a cluster plugin (product document, "Upload a Cluster Plugin"). The platform distributes it
 * by its affinity, so that no cluster is named.
 */
export function pushPluginCommand(name: string): string {
  return [
    `violet push ${quoted(`${name}.<version>.tgz`)}`,
    "--platform-address 'https://<platform address>'",
    "--platform-username '<user>'",
    '--platform-password "$PLATFORM_PASSWORD"',
  ].join(' \\\n  ');
}

/** What is run on a computer to install the tool, in the words of the product document's own steps. */
export const toolSystems = ['linux-x86', 'linux-arm', 'macos-x86', 'macos-arm', 'windows'] as const;
export type ToolSystem = (typeof toolSystems)[number];

const TOOL = 'violet.mjs';

/**
 * The commands that check and install the tool, for who may become root and for who is root. One file serves every
 * system: Node.js is what differs.
 */
export function toolCommands(system: ToolSystem): {
  check: string;
  user?: string;
  root?: string;
  run: string;
} {
  if (system === 'windows') {
    return {
      check: `node --version\n(Get-FileHash .\\${TOOL} -Algorithm SHA256).Hash.ToLower()\nGet-Content .\\${TOOL}.sha256`,
      user: `New-Item -ItemType Directory -Force "$HOME\\bin" | Out-Null\nMove-Item -Force .\\${TOOL} "$HOME\\bin\\${TOOL}"\nSet-Content "$HOME\\bin\\violet.cmd" '@node "%~dp0${TOOL}" %*'`,
      run: `& "$HOME\\bin\\violet.cmd" --help`,
    };
  }
  const sum = system.startsWith('macos') ? 'shasum -a 256' : 'sha256sum';
  return {
    check: `node --version\n${sum} -c ${TOOL}.sha256`,
    user: `sudo mv -f ${TOOL} /usr/local/bin/violet && sudo chmod +x /usr/local/bin/violet`,
    root: `mv -f ${TOOL} /usr/bin/violet && chmod +x /usr/bin/violet`,
    run: 'violet --help',
  };
}
