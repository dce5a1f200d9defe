import { isIP, isIPv4, isIPv6 } from 'node:net';

const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const duration = /^([+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/;

const formats = new Map<string, (value: string) => boolean>([
  ['date-time', (value) => dateTime.test(value) && !Number.isNaN(Date.parse(value))],
  ['date', (value) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))],
  ['byte', (value) => base64.test(value)],
  ['uuid', (value) => uuid.test(value)],
  ['ipv4', isIPv4],
  ['ipv6', isIPv6],
  ['cidr', isCidr],
  ['email', (value) => /^[^\s@]+@[^\s@]+$/.test(value)],
  ['uri', (value) => /^[a-z][a-z0-9+.-]*:/i.test(value)],
  ['duration', (value) => value === '0' || duration.test(value)],
]);

/** Whether a string has the named format; formats that Kubernetes does not check always fit. */
export function hasFormat(value: string, format: string): boolean {
  return formats.get(format)?.(value) ?? true;
}

function isCidr(value: string): boolean {
  const [address = '', length = ''] = value.split('/');
  const family = isIP(address);
  return family !== 0 && /^\d+$/.test(length) && Number(length) <= (family === 4 ? 32 : 128);
}
