import 'server-only';
import { AnswerTooLargeError, KubeError } from './errors';
import type { KubeList, KubeObject } from './types';

const PAGE_SIZE = 500;
const MIN_PAGE_SIZE = 10;

export interface ListPage<T> {
  items?: T[];
  metadata?: { continue?: string; resourceVersion?: string };
}

/**
 * Every object of a list, page by page, without `managedFields`. A list that outlives the snapshot that it is read from
 * (410) is read again as a whole, as client-go's pager does; one whose pages are too large, in smaller ones.
 * @param readPage asks for one page; without a limit, for everything that is left
 * @param maxObjects more are an error, which `tooLong` makes
 */
export async function readPages<T extends KubeObject>(
  readPage: (limit: number | undefined, continueToken: string | undefined) => Promise<ListPage<T>>,
  maxObjects: number,
  tooLong: () => Error,
): Promise<KubeList<T>> {
  let items: T[] = [];
  let limit: number | undefined = PAGE_SIZE;
  let continueToken: string | undefined;
  for (;;) {
    let page: ListPage<T>;
    try {
      page = await readPage(limit, continueToken);
    } catch (error) {
      if (error instanceof AnswerTooLargeError && limit !== undefined && limit > MIN_PAGE_SIZE) {
        limit = Math.max(MIN_PAGE_SIZE, Math.floor(limit / 5));
      } else if (error instanceof KubeError && error.status === 410 && continueToken) {
        items = [];
        continueToken = undefined;
        limit = undefined;
      } else throw error;
      continue;
    }
    for (const item of page.items ?? []) {
      if (item.metadata) delete (item.metadata as { managedFields?: unknown }).managedFields;
      items.push(item);
    }
    if (items.length > maxObjects) throw tooLong();
    continueToken = page.metadata?.continue || undefined;
    if (!continueToken) return { items, resourceVersion: page.metadata?.resourceVersion || undefined };
  }
}
