import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// tailwind-merge takes unknown `text-*` names for colours and would drop one of `text-body text-muted`.
const merge = extendTailwindMerge({
  extend: { classGroups: { 'font-size': [{ text: ['group', 'small', 'body', 'lead', 'title'] }] } },
});

/** Joins class names; of two that set the same property the later one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
