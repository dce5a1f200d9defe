import type { PushEvent } from '@/lib/packages/contract';
import { plain, type Terminal } from './terminal';

/** Tells people or programs how a push is getting on. */
export interface Reporter {
  tell(event: PushEvent): void;
  /** Leaves the terminal with a fresh line. */
  end(): void;
}

/** Bars for a terminal, lines for everything else, JSON lines for programs. */
export function reporterFor(
  terminal: Terminal,
  { json, clustersNamed }: { json: boolean; clustersNamed: boolean },
): Reporter {
  if (json) return { tell: (event) => terminal.out(`${JSON.stringify(event)}\n`), end: () => undefined };
  let open = false;
  const line = (text: string) => {
    terminal.out(`${open ? '\r\x1b[K' : ''}${plain(text)}\n`);
    open = false;
  };
  const bar = (event: Extract<PushEvent, { type: 'blob' }>) => {
    if (terminal.width === undefined) return;
    terminal.out(`\r\x1b[K${progressBar(event, terminal.width)}`);
    open = true;
  };
  return {
    tell(event) {
      if (event.type === 'blob' && event.state === 'sending') bar(event);
      else for (const text of linesOf(event, clustersNamed)) line(text);
    },
    end() {
      if (open) terminal.out('\n');
      open = false;
    },
  };
}

function linesOf(event: PushEvent, clustersNamed: boolean): string[] {
  switch (event.type) {
    case 'package': {
      const { name, version, type, packageType } = event.summary;
      const images = event.images === 1 ? '1 image' : `${event.images} images`;
      const title = `${name} ${version} (${type}): ${images} to ${event.registry}`;
      const free = packageType === 'OperatorBundle' || !clustersNamed;
      if (free) return [title];
      const place =
        type === 'chart' ? 'charts go to public-charts' : 'the platform distributes cluster plugins';
      return [title, `  --clusters is ignored: ${place}`];
    }
    case 'blob':
      return [`  ${shortDigest(event.digest)} ${sizeOf(event.size).padStart(10)}  ${event.state}`];
    case 'image':
      return [`  ${event.image} ${event.state === 'present' ? 'is there already' : 'pushed'}`];
    case 'retry':
      return [`  ${event.reason}; trying again in ${event.seconds} s (${event.attempt})`];
    case 'object':
      return [`  ${event.kind} ${event.name} on ${event.cluster} ${event.state}`];
    case 'done':
      return [
        `${event.summary.name} ${event.summary.version} pushed; the platform takes it up within 10 to 15 minutes`,
      ];
  }
}

/** One line for a layer on its way, no wider than the terminal. */
export function progressBar(
  { digest, size, sent }: { digest: string; size: number; sent: number },
  width: number,
): string {
  const share = size === 0 ? 1 : Math.min(sent / size, 1);
  const label = `  ${shortDigest(digest)} ${sizeOf(sent)} of ${sizeOf(size)} `;
  const cells = Math.min(40, width - label.length - 8);
  if (cells < 4) return label.slice(0, Math.max(width - 1, 0));
  const full = Math.round(share * cells);
  return `${label}[${'#'.repeat(full)}${'.'.repeat(cells - full)}] ${String(Math.floor(share * 100)).padStart(3)}%`;
}

function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}

function sizeOf(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
