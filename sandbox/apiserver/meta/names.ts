const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const subdomainMessage =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelMessage =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

/** What is wrong with an object's name under a rule, worded as `k8s.io/apimachinery/pkg/util/validation`. */
export function nameProblems(name: string, rule: 'subdomain' | 'label' | 'path'): string[] {
  if (rule === 'path') return pathProblems(name);
  const [limit, pattern, message] =
    rule === 'label' ? ([63, label, labelMessage] as const) : ([253, subdomain, subdomainMessage] as const);
  const problems: string[] = [];
  if (name.length > limit) problems.push(`must be no more than ${limit} bytes`);
  if (!pattern.test(name)) problems.push(message);
  return problems;
}

function pathProblems(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((char) => name.includes(char)).map((char) => `may not contain '${char}'`);
}

const qualifiedPart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const qualifiedMessage =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/** What is wrong with a key of labels or annotations (`prefix/name`). */
export function qualifiedNameProblems(key: string): string[] {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  const problems: string[] = [];
  if (prefix === '') problems.push('prefix part must be non-empty');
  else if (prefix !== undefined)
    problems.push(...nameProblems(prefix, 'subdomain').map((text) => `prefix part ${text}`));
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > 63) problems.push('name part must be no more than 63 bytes');
  if (!qualifiedPart.test(name)) problems.push(`name part ${qualifiedMessage}`);
  return problems;
}

/** What is wrong with a label's value. */
export function labelValueProblems(value: string): string[] {
  if (value.length > 63) return ['must be no more than 63 bytes'];
  if (value === '' || qualifiedPart.test(value)) return [];
  return [
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
  ];
}

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Five random characters after the base, which is cut to fit 63 (`k8s.io/apiserver/pkg/storage/names`). */
export function generateName(base: string): string {
  const random = crypto.getRandomValues(new Uint8Array(5));
  const suffix = [...random].map((byte) => alphabet[byte % alphabet.length]).join('');
  return base.slice(0, 58) + suffix;
}
