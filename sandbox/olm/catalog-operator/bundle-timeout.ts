import type { OperatorGroup } from '../api.ts';

const units: Record<string, number> = { h: 3600, m: 60, s: 1 };

/** The unpack Job's deadline: 10 minutes, or what the OperatorGroup's annotation says (a Go duration such as `1m30s`). */
export function bundleTimeoutSeconds(group: OperatorGroup): number {
  const text = group.metadata.annotations?.['operatorframework.io/bundle-unpack-timeout'];
  if (text === undefined || !/^(\d{1,6}[hms])+$/.test(text)) return 600;
  let seconds = 0;
  for (const [, amount = '0', unit = 's'] of text.matchAll(/(\d+)([hms])/g)) {
    seconds += Number(amount) * (units[unit] ?? 1);
  }
  return seconds > 0 ? seconds : 600;
}
