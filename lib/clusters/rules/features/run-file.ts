import type { Run, ShownStep } from '../../features-contract';

const columns = [
  'cluster',
  'kind',
  'namespace',
  'name',
  'from',
  'to',
  'state',
  'code',
  'detail',
  'startedAt',
  'endedAt',
] as const;

/** The result of some runs as CSV (RFC 4180), one line per component. */
export function runsAsCsv(steps: readonly ShownStep[]): string {
  const lines = steps.map((step) => columns.map((column) => cell(step[column] ?? '')).join(','));
  return [columns.join(','), ...lines, ''].join('\r\n');
}

/** The result of some runs as JSON. */
export function runsAsJson(
  runs: readonly Pick<Run, 'id' | 'cluster' | 'startedBy' | 'startedAt' | 'steps'>[],
): string {
  const shown = runs.map(({ id, cluster, startedBy, startedAt, steps }) => ({
    id,
    cluster,
    startedBy,
    startedAt,
    steps: steps.map((step) => Object.fromEntries(columns.map((column) => [column, step[column]]))),
  }));
  return `${JSON.stringify({ runs: shown }, null, 2)}\n`;
}

/** Spreadsheets run what begins like a formula: the cluster's words never may. */
function cell(value: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
