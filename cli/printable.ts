/** Makes text safe to show: what people and files brought must not steer the terminal, break its lines, or turn them around. */

/** Control characters (escape, the one-byte CSI and so on) but line ends, line and paragraph separators, and what sets the direction of text. */
const STEERING = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Text of whole lines, whose ends stay. JSON stays what it says: such a character reads the same when it is escaped. */
export const printable = (text: string): string => text.replaceAll(STEERING, escape);

/** One value within a line. */
export const printableValue = (text: string): string => printable(text).replaceAll("\n", "\\n");

/** Shows text on standard output: an answer. Every word that the command says goes through here or `tell`, which make it safe to show. */
export const say = (text: string): void => console.log(printable(text));

/** Shows text on standard error: all that is no answer. */
export const tell = (text: string): void => console.error(printable(text));
