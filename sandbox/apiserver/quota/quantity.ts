/** A Kubernetes quantity (`500m`, `1Gi`), exact to a billionth, with the way in which it is written. */
export interface Quantity {
  nanos: bigint;
  binary: boolean;
}

const one = 1_000_000_000n;
const form = /^([+-]?)(\d*)(?:\.(\d*))?([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,2})?$/;
const binaries = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimals = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

export const zero: Quantity = { nanos: 0n, binary: false };

/** A whole number as a quantity. */
export function quantityOf(count: number): Quantity {
  return { nanos: BigInt(count) * one, binary: false };
}

/** Reads a quantity (`k8s.io/apimachinery/pkg/api/resource`); `undefined` when the value is none. */
export function parseQuantity(value: unknown): Quantity | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > 64) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = form.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const [factor, divisor] = scaleOf(suffix);
  const scaled = digits * one * factor;
  const by = divisor * 10n ** BigInt(fraction.length);
  // What is finer than a billionth is rounded up.
  const nanos = (scaled + by - 1n) / by;
  return { nanos: sign === '-' ? -nanos : nanos, binary: suffix.endsWith('i') };
}

function scaleOf(suffix: string): [factor: bigint, divisor: bigint] {
  const binary = binaries.indexOf(suffix);
  if (binary >= 0) return [1024n ** BigInt(binary + 1), 1n];
  const decimal = decimals.indexOf(suffix);
  const exponent = decimal >= 0 ? (decimal - 3) * 3 : Number(suffix.slice(1));
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? [1n, power] : [power, 1n];
}

/** The sum, written the way the first one that is not zero is. */
export function add(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, binary: a.nanos === 0n ? b.binary : a.binary };
}

/** The larger one of two quantities. */
export function larger(a: Quantity, b: Quantity): Quantity {
  return a.nanos < b.nanos ? b : a;
}

/** Whether a quantity has no fraction. */
export function isWhole({ nanos }: Quantity): boolean {
  return nanos % one === 0n;
}

/** The canonical text: no fraction, the largest suffix that leaves none. */
export function formatQuantity({ nanos, binary }: Quantity): string {
  if (nanos === 0n) return '0';
  const magnitude = nanos < 0n ? -nanos : nanos;
  const sign = nanos < 0n ? '-' : '';
  if (binary && magnitude % one === 0n && magnitude >= 1024n * one) {
    const [digits, power] = reduced(magnitude / one, 1024n, binaries.length);
    return `${sign}${digits}${power > 0 ? binaries[power - 1] : ''}`;
  }
  const [digits, power] = reduced(magnitude, 1000n, decimals.length - 1);
  return `${sign}${digits}${decimals[power]}`;
}

function reduced(value: bigint, base: bigint, most: number): [digits: bigint, power: number] {
  let digits = value;
  let power = 0;
  while (power < most && digits % base === 0n) {
    digits /= base;
    power++;
  }
  return [digits, power];
}
