import 'server-only';
import { readable as readableAnswer } from '@/lib/kube/readable';
import type { Unread } from '../contract';

/** The objects of a list that an answer can do without; `undefined`, and noted in `partial`, where it can't be read. */
export async function readable<T>(
  list: Promise<{ items: T[] }>,
  partial: Unread,
  passed?: readonly number[],
): Promise<T[] | undefined> {
  return (await readableAnswer(list, partial, passed))?.items;
}
