/** Makes text safe to show: text of people and files must not control the terminal, break lines, or reverse their direction. */

/** Control characters (escape, the one-byte CSI and so on) except line ends, line and paragraph separators, and characters that set the direction of text. */
const STEERING = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Text of several lines, which keeps its line ends. JSON keeps its meaning, since an escaped character means the same there. */
export const printable = (text: string): string => text.replaceAll(STEERING, escape);

/** One value within a line. */
export const printableValue = (text: string): string => printable(text).replaceAll("\n", "\\n");

/** Prints an answer to standard output. All output goes through this function or `tell`, which make it safe to show. */
export const say = (text: string): void => console.log(printable(text));

/** Prints anything that is not an answer to standard error. */
export const tell = (text: string): void => console.error(printable(text));
