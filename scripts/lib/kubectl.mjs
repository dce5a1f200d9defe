// Running kubectl and reading what it prints.
import { spawn, spawnSync } from 'node:child_process';

/** The kubectl to use: `KUBECTL`, else the one on the path. */
export const program = process.env.KUBECTL || 'kubectl';

/** @returns {string | undefined} the version of kubectl, e.g. `v1.33.1`; `undefined` when there is none */
export function kubectlVersion() {
  const { status, stdout } = spawnSync(program, ['version', '--client', '-o', 'json'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return JSON.parse(stdout).clientVersion?.gitVersion;
}

/**
 * Runs kubectl to its end.
 * @param {string} kubeconfig path of the file with the contexts
 * @param {string[]} args
 * @param {string} [input] what it reads from standard input
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function runKubectl(kubeconfig, args, input = '') {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['--kubeconfig', kubeconfig, ...args]);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/**
 * The cells of a printed table, header first. Columns begin where the header's words do, so an empty cell stays one.
 * @param {string} text
 * @param {{ without?: string[] }} [options] columns to leave out
 * @returns {string[][]}
 */
export function cells(text, { without = [] } = {}) {
  const lines = text.trimEnd().split('\n');
  const starts = [...(lines[0] ?? '').matchAll(/\S+/g)].map((word) => word.index);
  const rows = lines.map((line) =>
    starts.map((start, column) => line.slice(start, starts[column + 1]).trim()),
  );
  const kept = starts.map((_, column) => !without.includes(rows[0]?.[column] ?? ''));
  return rows.map((row) => row.filter((_, column) => kept[column]));
}
