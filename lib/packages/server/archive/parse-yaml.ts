import 'server-only';
import { parse } from 'yaml';
import type { z } from 'zod';
import { refuseDeepYaml } from '@/lib/yaml/shallow';
import { PackageError } from '../../contract';

/**
 * Reads a YAML (or JSON) document of a package into the shape that it must have.
 * @throws PackageError that names the file and the field
 */
export function parseYaml<T>(text: string, schema: z.ZodType<T>, where: string): T {
  let value: unknown;
  try {
    refuseDeepYaml(text);
    value = parse(text, { maxAliasCount: 100, uniqueKeys: true });
  } catch (error) {
    const [line] = error instanceof Error ? error.message.split('\n') : [];
    throw new PackageError('InvalidPackage', `${where} is not sound YAML: ${line ?? 'unreadable'}`, {
      cause: error,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'the document';
  throw new PackageError('InvalidPackage', `${where}: ${field}: ${issue?.message ?? 'invalid'}`);
}
