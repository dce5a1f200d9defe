import 'server-only';
import type { Dispatcher } from 'undici';
import { PackageError } from '../../contract';

const maxErrorBytes = 16 * 1024;

/** A registry's answer that says no. */
export class RegistryRefusal extends PackageError {
  constructor(
    message: string,
    readonly status: number,
    readonly retryAfterSeconds: number,
  ) {
    super('RegistryRefused', message);
  }
}

const hints: Record<number, string> = {
  401: 'Give the user name and password of the registry.',
  403: 'The account of the registry may not write there.',
  413: 'A limit for uploads is set in the registry or before it.',
  507: 'There is no space left in the registry.',
};

/** Makes an error of an answer, with the registry's own words, bounded and on one line. */
export async function refusalOf(
  response: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'> & {
    body: Dispatcher.ResponseData['body'] | undefined;
  },
  doing: string,
): Promise<RegistryRefusal> {
  const { statusCode, headers, body } = response;
  const said = body ? saying(await firstBytes(body)) : '';
  const hint = hints[statusCode] ?? (/no space left/i.test(said) ? hints[507] : undefined);
  const message = `The registry refused ${doing}: ${statusCode}${said ? `, ${said}` : ''}.${hint ? ` ${hint}` : ''}`;
  return new RegistryRefusal(message, statusCode, Number(headers['retry-after']) || 0);
}

async function firstBytes(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxErrorBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The distribution protocol's error body: `{"errors": [{code, message, detail}]}`. */
function saying(text: string): string {
  try {
    const { errors } = JSON.parse(text) as {
      errors?: { code?: unknown; message?: unknown; detail?: unknown }[];
    };
    const [first] = Array.isArray(errors) ? errors : [];
    const detail =
      first?.detail === undefined || first.detail === null ? '' : ` (${JSON.stringify(first.detail)})`;
    return plain(`${String(first?.code ?? '')} ${String(first?.message ?? '')}${detail}`);
  } catch {
    return '';
  }
}

function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/** Whether the same request may work a little later. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof RegistryRefusal) {
    // No space is told as 500 by some registries, and stays so.
    if (/no space left/i.test(error.message)) return false;
    return [408, 425, 429, 500, 502, 503, 504].includes(error.status);
  }
  return !(error instanceof PackageError) && !/CERT|ENOTFOUND|ERR_INVALID/.test(codeOf(error));
}

export function retryAfter(error: unknown): number {
  return error instanceof RegistryRefusal ? error.retryAfterSeconds : 0;
}

const sentences: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'its name can not be resolved',
  EAI_AGAIN: 'its name can not be resolved just now',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the time limit',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within the time limit',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped in the middle',
  EHOSTUNREACH: 'there is no route to it',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not trusted here',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that is not trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak HTTPS (--plain is for registries that speak HTTP)',
  EPROTO: 'it does not speak HTTPS (--plain is for registries that speak HTTP)',
};

/** Why a request got no answer, in a few words; text of unknown errors is not passed on. */
export function causeOf(error: unknown): string {
  if (error instanceof RegistryRefusal) return `it answered ${error.status}`;
  return sentences[codeOf(error)] ?? 'the connection failed';
}

function codeOf(error: unknown): string {
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  return inner instanceof Error && 'code' in inner ? String(inner.code) : '';
}
