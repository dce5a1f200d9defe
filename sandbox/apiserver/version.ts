/** What `GET /version` answers (`k8s.io/apimachinery/pkg/version.Info`). */
export interface VersionInfo {
  major: string;
  minor: string;
  emulationMajor: string;
  emulationMinor: string;
  minCompatibilityMajor: string;
  minCompatibilityMinor: string;
  gitVersion: string;
  gitCommit: string;
  gitTreeState: string;
  buildDate: string;
  goVersion: string;
  compiler: string;
  platform: string;
}

/** Derives everything from a version such as `v1.33.5`. */
export function versionInfo(gitVersion: string): VersionInfo {
  const [, major = '1', minor = '33'] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: String(Number(minor) - 1),
    gitVersion,
    gitCommit: 'sandbox',
    gitTreeState: 'clean',
    buildDate: '2025-09-09T00:00:00Z',
    // There is no Go here, but clients print this field and must find something in it.
    goVersion: `node ${process.version}`,
    compiler: 'tsx',
    platform: 'linux/amd64',
  };
}
