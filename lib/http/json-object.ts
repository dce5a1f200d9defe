import { z } from 'zod';

const MAX_DEPTH = 64;

/** A JSON object of any shape that somebody sends, nested no deeper than what reads and writes it can follow. */
export const jsonObjectSchema = z
  .record(z.string(), z.unknown())
  .refine((object) => isWithinDepth(object, MAX_DEPTH), `is nested deeper than ${MAX_DEPTH} levels`);

function isWithinDepth(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((member) => isWithinDepth(member, depth - 1));
}
