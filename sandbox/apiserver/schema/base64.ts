const alphabet = /[A-Za-z0-9+/]/;

/** What Go's `base64.StdEncoding` says of a text that does not decode; `undefined` when it does. */
export function base64Problem(text: string): string | undefined {
  const at = corruptAt(text);
  return at === undefined ? undefined : `illegal base64 data at input byte ${at}`;
}

/** The position that Go names: of the wrong character, or of the group of four that is not complete. */
function corruptAt(text: string): number | undefined {
  let inGroup = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '\r' || character === '\n') continue;
    if (alphabet.test(character)) {
      inGroup = (inGroup + 1) % 4;
      continue;
    }
    if (character !== '=' || inGroup < 2) return index;
    return corruptPadding(text, index, inGroup);
  }
  return inGroup === 0 ? undefined : text.length - inGroup;
}

function corruptPadding(text: string, index: number, inGroup: number): number | undefined {
  const rest = text.slice(index + 1).replaceAll(/[\r\n]/g, '');
  if (inGroup === 3) return rest === '' ? undefined : index + 1;
  if (rest === '') return text.length;
  if (rest[0] !== '=') return index;
  return rest.length === 1 ? undefined : index + 2;
}
