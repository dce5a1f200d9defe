import { unsupportedMediaType } from '../codec.ts';
import type { JsonObject } from '../json.ts';
import { badRequest } from '../status.ts';
import { messages } from './messages.ts';

const magic = [0x6b, 0x38, 0x73, 0x00];

/**
 * Decodes a protobuf body (`k8s\0` and a `runtime.Unknown`) of one of the kinds in `messages.ts` to what JSON would say.
 * @throws 415 for other kinds and for fields that the tables don't know: nothing is dropped silently
 */
export function decodeProtobuf(bytes: Uint8Array): JsonObject {
  if (!magic.every((byte, index) => bytes[index] === byte))
    throw badRequest(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  const envelope = new Map(
    [...fieldsOf(bytes.subarray(magic.length))].map(({ number, value }) => [number, value]),
  );
  const typeMeta = new Map(
    [...fieldsOf(bytesOf(envelope.get(1)))].map(({ number, value }) => [number, textOf(value)]),
  );
  const kind = typeMeta.get(2) ?? '';
  if (!Object.hasOwn(messages, kind)) throw unsupported();
  return { apiVersion: typeMeta.get(1) ?? '', kind, ...message(kind, bytesOf(envelope.get(2))) };
}

function unsupported() {
  return unsupportedMediaType('application/json, application/yaml');
}

type Wire = number | bigint | Uint8Array;

interface Field {
  number: number;
  value: Wire;
}

function message(type: string, bytes: Uint8Array): JsonObject {
  const known = messages[type] ?? {};
  const object: JsonObject = {};
  for (const { number, value } of fieldsOf(bytes)) {
    const field = known[number];
    if (!field) throw unsupported();
    const [name, fieldType] = field;
    const item = /^\[(.+)\]$/.exec(fieldType)?.[1];
    const mapped = /^map<(.+)>$/.exec(fieldType)?.[1];
    if (item) object[name] = [...((object[name] as unknown[] | undefined) ?? []), convert(item, value)];
    else if (mapped) {
      const entry = new Map([...fieldsOf(bytesOf(value))].map((part) => [part.number, part.value]));
      const key = textOf(entry.get(1) ?? new Uint8Array());
      if (key === '__proto__') continue;
      object[name] = {
        ...((object[name] as JsonObject | undefined) ?? {}),
        [key]: convert(mapped, entry.get(2) ?? new Uint8Array()),
      };
    } else {
      if (fieldType === 'Ignored') continue;
      const converted = convert(fieldType, value);
      if (name === '') {
        Object.assign(object, converted);
        continue;
      }
      // Go writes every plain field, set or not; an empty one means "not given".
      if (converted !== '' && converted !== undefined) object[name] = converted;
    }
  }
  return object;
}

function convert(type: string, value: Wire): unknown {
  switch (type) {
    case 'string':
      return textOf(value);
    case 'bytes':
      return Buffer.from(bytesOf(value)).toString('base64');
    case 'int':
      return Number(BigInt.asIntN(64, BigInt(numberOf(value))));
    case 'bool':
      return numberOf(value) !== 0n;
    case 'Time': {
      const seconds = [...fieldsOf(bytesOf(value))].find(({ number }) => number === 1);
      return seconds
        ? new Date(Number(numberOf(seconds.value)) * 1_000).toISOString().replace('.000Z', 'Z')
        : undefined;
    }
    case 'count':
      return Number(BigInt.asIntN(64, BigInt(numberOf(value)))) || undefined;
    case 'flag':
      return numberOf(value) !== 0n || undefined;
    case 'Quantity':
      return message(type, bytesOf(value)).string;
    case 'IntOrString': {
      const parts = new Map([...fieldsOf(bytesOf(value))].map((part) => [part.number, part.value]));
      return numberOf(parts.get(1) ?? 0n) === 0n
        ? Number(numberOf(parts.get(2) ?? 0n))
        : textOf(parts.get(3) ?? new Uint8Array());
    }
    default:
      return message(type, bytesOf(value));
  }
}

function bytesOf(value: Wire | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw badRequest('unexpected wire type in protobuf body');
}

function textOf(value: Wire): string {
  return new TextDecoder().decode(bytesOf(value));
}

function numberOf(value: Wire): bigint {
  if (typeof value === 'bigint') return value;
  throw badRequest('unexpected wire type in protobuf body');
}

/** The fields of a message as they stand on the wire (varints and length-delimited ones; Kubernetes uses no others here). */
function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let position = 0;
  const varint = (): bigint => {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[position++];
      if (byte === undefined) break;
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
    throw badRequest('truncated protobuf body');
  };
  while (position < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    const wireType = Number(tag & 7n);
    if (wireType === 0) yield { number, value: varint() };
    else if (wireType === 2) {
      const length = Number(varint());
      if (position + length > bytes.length) throw badRequest('truncated protobuf body');
      yield { number, value: bytes.subarray(position, position + length) };
      position += length;
    } else throw badRequest(`unexpected wire type ${wireType} in protobuf body`);
  }
}
