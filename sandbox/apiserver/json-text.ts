import type { KubeObject } from '../client/types.ts';

/** JSON of stored objects, kept as long as they live: lists and watches of many clients send the same ones. */
const texts = new WeakMap<KubeObject, string>();

/** An object as JSON, made once: stored objects never change, and every watcher is sent the same text. */
export function jsonOf(object: KubeObject): string {
  let text = texts.get(object);
  if (text === undefined) {
    text = JSON.stringify(object);
    texts.set(object, text);
  }
  return text;
}

/** Forgets the text of an object that few will ask for any more. */
export function dropText(object: KubeObject): void {
  texts.delete(object);
}
