import type { LocalizedText } from '../contract';
import { isRecord, record, text } from './json';
import { DISPLAY_NAME, MODULE_NAME } from './labels';
import type { ApiObject } from './objects';

const MAX_LENGTH = 10_000;

/** Both languages; one stands in for the other where it is missing. */
export function localized(en: unknown, zh: unknown, fallback = ''): LocalizedText {
  const [english, chinese] = [text(en, MAX_LENGTH), text(zh, MAX_LENGTH)];
  return { en: english || chinese || fallback, zh: chinese || english || fallback };
}

/** `{en, zh}` of a spec, or plain text for both languages. */
export function localizedOf(value: unknown, fallback = ''): LocalizedText {
  if (!isRecord(value)) return localized(value, value, fallback);
  return localized(value.en, value.zh, fallback);
}

/**
 * The name that people know a plugin by. `cpaas.io/display-name` holds `{"en","zh"}` as JSON on
 * ModulePlugin and ModuleConfig; live ModuleInfos carry it in `cpaas.io/module-name` instead, with the
 * plain name in `cpaas.io/display-name`. Both spellings are read.
 */
export function displayNameOf({ metadata }: ApiObject, fallback: string): LocalizedText {
  const annotations = [metadata.annotations?.[DISPLAY_NAME], metadata.annotations?.[MODULE_NAME]];
  for (const annotation of annotations) {
    const names = parseNames(annotation);
    if (names) return names;
  }
  const [plain] = annotations;
  return localized(plain, plain, fallback);
}

function parseNames(annotation: unknown): LocalizedText | undefined {
  const json = text(annotation, MAX_LENGTH);
  if (!json.startsWith('{')) return undefined;
  try {
    const names = localizedOf(record(JSON.parse(json)));
    return names.en ? names : undefined;
  } catch {
    return undefined;
  }
}
