import { type TestPlatform, testPlatform, until } from '../testing.ts';
import { type ModuleInfo, refs } from './api.ts';
import { moduleInfoName } from './naming.ts';

/** A ModuleInfo under a temporary name, as the product document writes it. */
export function moduleInfo(cluster: string, module: string, version: string, config = {}): ModuleInfo {
  return {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleInfo',
    metadata: {
      name: `${cluster}-temporary-name`,
      labels: {
        'cpaas.io/cluster-name': cluster,
        'cpaas.io/module-name': module,
        'cpaas.io/module-type': 'plugin',
      },
    },
    spec: { version, config },
  };
}

/** Whether that version has been reached. */
export function running(version: string): (info: ModuleInfo | undefined) => boolean {
  return (info) => info?.status?.phase === 'Running' && info.status.version === version;
}

export function failed(info: ModuleInfo | undefined): boolean {
  return info?.status?.phase === 'Failed';
}

/** A platform on which plugins are installed, with what the tests of plugins ask of it. */
export class PluginsUnderTest {
  readonly platform: TestPlatform;
  /** The phases and versions that each installation has gone through, as `phase version`. */
  readonly histories = new Map<string, string[]>();

  static async start(signal: AbortSignal): Promise<PluginsUnderTest> {
    return new PluginsUnderTest(await testPlatform(signal));
  }

  private constructor(platform: TestPlatform) {
    this.platform = platform;
    const infos = platform.global.informers.of<ModuleInfo>(refs.moduleInfos);
    infos.on(({ type, object: { metadata, status } }) => {
      const name = metadata.name ?? '';
      const history = this.histories.get(name) ?? [];
      const step = `${status?.phase ?? ''} ${status?.version ?? ''}`.trim();
      if (type === 'DELETED') this.histories.delete(name);
      else if (history.at(-1) !== step) this.histories.set(name, [...history, step]);
    });
  }

  create(info: ModuleInfo): Promise<ModuleInfo> {
    return this.platform.global.client.create(refs.moduleInfos, info);
  }

  patch(name: string, body: object): Promise<ModuleInfo> {
    return this.platform.global.client.patch(refs.moduleInfos, { name }, body, { type: 'merge' });
  }

  async delete(name: string): Promise<void> {
    await this.platform.global.client.delete(refs.moduleInfos, { name });
  }

  /** Waits until the installation is as `fulfils` wants it. */
  when(name: string, fulfils: (info: ModuleInfo | undefined) => boolean): Promise<ModuleInfo | undefined> {
    return until<ModuleInfo>(this.platform.global, refs.moduleInfos, { name }, fulfils, 15_000);
  }

  /** Installs and waits until it runs; gives its final name. */
  async installed(cluster: string, module: string, version: string, config = {}): Promise<string> {
    await this.create(moduleInfo(cluster, module, version, config));
    const name = moduleInfoName(cluster, module);
    await this.when(name, running(version));
    return name;
  }
}
