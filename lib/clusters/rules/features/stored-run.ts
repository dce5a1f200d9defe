import { z } from 'zod';
import { type Step, stepSchema } from '../../features-contract';
import { componentKey } from './component';
import { withoutCircles } from './order';
import { type Driver, keyOf, type RunState } from './run-state';

const headerSchema = z.object({ startedBy: z.string().max(300), startedAt: z.iso.datetime() });
const driverSchema = z.object({ user: z.string().max(300), until: z.number().int() });

const HEADER = 'run';
const STEP = 'step-';
const DRIVER = 'driver-';
const MAX_STEPS = 1000;
const MAX_DRIVERS = 100;
const MAX_TEXT = 100_000;
/** A ConfigMap holds 1 MiB; some of it is left for the header and those who drive. */
const MAX_BYTES = 1024 * 1024 - 16 * 1024;
/** So much of what the cluster said of a step is kept, in bytes. */
const MAX_SAID = 1_000;
/** What a step may grow by until its end, in bytes. */
const GROWTH = MAX_SAID + 300;

/** The key of a ConfigMap under which the step of a slot is kept; slots keep their order as text. */
export function slotOf(index: number): string {
  return `${STEP}${String(index).padStart(4, '0')}`;
}

export function driverKey(id: string): string {
  return `${DRIVER}${id}`;
}

export function encodeHeader({
  startedBy,
  startedAt,
}: Pick<RunState, 'startedBy' | 'startedAt'>): Record<string, string> {
  return { [HEADER]: JSON.stringify({ startedBy, startedAt }) };
}

/** A step as it is stored: what the cluster said at length is shortened, so that every step finds its room. */
export function encodeStep({ detail, stuck, block, ...step }: Step): string {
  const short = detail?.slice(0, 300);
  const said = [
    { detail, stuck, block },
    { detail: short, stuck, block },
    { detail: short, block },
  ].find((one) => bytesOf(one) <= MAX_SAID);
  return JSON.stringify({ ...step, ...(said ?? { detail: short }) });
}

/** Whether one ConfigMap can hold some steps, also when each of them has come to its end. */
export function fitsIntoRun(steps: Iterable<Step>): boolean {
  let bytes = 0;
  for (const { detail: _, stuck: __, block: ___, ...step } of steps) bytes += bytesOf(step) + GROWTH;
  return bytes <= MAX_BYTES;
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/**
 * Reads a run from the data of a ConfigMap. Whoever may write the ConfigMap may have written anything: a step that is
 * not one, or that stands there twice, is told as skipped, and the rest of the run stays what it is. Steps that would
 * wait for each other in a circle do not.
 */
export function decodeRun(id: string, data: Readonly<Record<string, unknown>>): RunState {
  const header = headerSchema.safeParse(parse(data[HEADER]));
  const steps = new Map<string, Step>();
  const seen = new Set<string>();
  const slots = Object.keys(data).filter((key) => key.startsWith(STEP));
  for (const slot of slots.sort().slice(0, MAX_STEPS)) {
    const step = readStep(slot, data[slot]);
    const key = componentKey(step);
    const again = step.state !== 'skipped' && seen.has(key);
    if (step.state !== 'skipped') seen.add(key);
    steps.set(slot, again ? { ...step, ...skipped('duplicate', 'The stored run holds it twice.') } : step);
  }
  return {
    id,
    startedBy: header.data?.startedBy ?? '',
    startedAt: header.data?.startedAt ?? '',
    steps: withoutCircularWaits(steps),
    drivers: readDrivers(data),
  };
}

function withoutCircularWaits(steps: ReadonlyMap<string, Step>): Map<string, Step> {
  const order = withoutCircles(new Map([...steps].map(([slot, step]) => [keyOf(slot, step), step.after])));
  return new Map(
    [...steps].map(([slot, step]) => [slot, { ...step, after: order.get(keyOf(slot, step)) ?? [] }]),
  );
}

function readStep(slot: string, value: unknown): Step {
  const step = stepSchema.safeParse(parse(value));
  if (step.success) return step.data;
  const [issue] = step.error.issues;
  const what =
    issue && issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : 'it is not JSON';
  return {
    kind: 'operator',
    name: slot,
    displayName: { en: slot, zh: slot },
    from: '',
    to: '?',
    ...skipped('invalid', `The stored run was changed so that this step can't be read: ${what}.`),
  };
}

function skipped(code: 'invalid' | 'duplicate', detail: string) {
  return { state: 'skipped' as const, code, detail, after: [] };
}

function readDrivers(data: Readonly<Record<string, unknown>>): Map<string, Driver> {
  const drivers = new Map<string, Driver>();
  for (const key of Object.keys(data)
    .filter((one) => one.startsWith(DRIVER))
    .slice(0, MAX_DRIVERS)) {
    const driver = driverSchema.safeParse(parse(data[key]));
    if (driver.success) drivers.set(key.slice(DRIVER.length), driver.data);
  }
  return drivers;
}

function parse(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > MAX_TEXT) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
