/** The SMS alphabet: one unit a character, and two for those of its extension. */
const alphabet =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const extension = "^{}\\[~]|€";

const room = { alphabet: { alone: 160, among: 153 }, unicode: { alone: 70, among: 67 } };

/** How many parts a text takes as an SMS. One character outside the alphabet makes the whole text Unicode. */
export function smsParts(text: string): { characters: number; parts: number; isUnicode: boolean } {
  const characters = [...text];
  const isUnicode = characters.some((character) => !alphabet.includes(character) && !extension.includes(character));
  const units = isUnicode
    ? text.length
    : characters.reduce((sum, character) => sum + (extension.includes(character) ? 2 : 1), 0);
  const { alone, among } = isUnicode ? room.unicode : room.alphabet;
  return { characters: characters.length, parts: units <= alone ? 1 : Math.ceil(units / among), isUnicode };
}
