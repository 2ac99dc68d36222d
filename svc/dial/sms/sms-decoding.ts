/**
 * Decodes the text of a message from a phone, by the data coding scheme of GSM 03.38 and SMPP 3.4. If the octets contradict the scheme,
 * the octets decide: many centres leave the scheme at 0, whatever the phone sent. Pure.
 */
import { readGsm } from "../../lib/smpp/gsm.ts";

type Alphabet =
  | "gsm"
  | "octets"
  | "ucs2"
  | "iso-8859-1"
  | "iso-8859-5"
  | "iso-8859-8"
  | "shift_jis"
  | "iso-2022-jp"
  | "euc-jp"
  | "euc-kr";

/** The values of SMPP 3.4 below 16. Its other values follow GSM 03.38. */
const BY_CODING: Readonly<Record<number, Alphabet>> = {
  0: "gsm",
  1: "gsm",
  2: "octets",
  3: "iso-8859-1",
  4: "octets",
  5: "shift_jis",
  6: "iso-8859-5",
  7: "iso-8859-8",
  8: "ucs2",
  9: "octets",
  10: "iso-2022-jp",
  13: "euc-jp",
  14: "euc-kr",
};
/** Bits 3 and 2 of a scheme of the general group. */
const GENERAL: readonly Alphabet[] = ["gsm", "octets", "ucs2", "gsm"];

/** The alphabet that a data coding scheme names. */
function alphabetOf(dataCoding: number): Alphabet {
  if (dataCoding < 0x10) return BY_CODING[dataCoding] ?? "gsm";
  if (dataCoding < 0x80) return GENERAL[(dataCoding >> 2) & 3] as Alphabet;
  if ((dataCoding & 0xf0) === 0xe0) return "ucs2";
  if ((dataCoding & 0xf0) === 0xf0) return (dataCoding & 4) === 4 ? "octets" : "gsm";
  return "gsm";
}

/** Reads the octets of a message without its header. Of control characters only line breaks are left. */
export function readText(octets: Buffer, dataCoding: number): string {
  const alphabet = alphabetOf(dataCoding);
  return decoded(octets, alphabet).replaceAll(/[^\P{Cc}\n\r\t]/gu, "");
}

function decoded(octets: Buffer, alphabet: Alphabet): string {
  const wide = wideOrder(octets, alphabet);
  if (wide) return new TextDecoder(wide).decode(octets);
  const bare = withoutTrailingNuls(octets);
  const hasHighOctets = bare.some((octet) => octet > 0x7f);
  if (alphabet === "gsm" && !hasHighOctets) return readGsm(bare);
  if (alphabet === "gsm" || alphabet === "octets" || alphabet === "ucs2") return utf8(bare) ?? latin1(bare);
  return alphabet === "iso-8859-1" ? latin1(bare) : new TextDecoder(alphabet).decode(bare);
}

/** The byte order of two-octet characters: as the scheme says, or as the octets show. */
function wideOrder(octets: Buffer, alphabet: Alphabet): "utf-16be" | "utf-16le" | undefined {
  if (octets.length < 2 || octets.length % 2 === 1) return undefined;
  const [even, odd] = [halvesOf(octets, 0), halvesOf(octets, 1)];
  const [first, second] = octets;
  if ((first === 0xff && second === 0xfe) || isHigh(odd, even)) return "utf-16le";
  if (alphabet === "ucs2" || (first === 0xfe && second === 0xff) || isHigh(even, odd)) return "utf-16be";
  // A non-Latin alphabet has the same small number before each letter, which no text of single octets has.
  const isOneAlphabet = even.count > 1 && even.areBlocks && odd.areLetters;
  return alphabet === "gsm" && isOneAlphabet ? "utf-16be" : undefined;
}

/** Statistics of every second octet. */
interface AlternateOctets {
  count: number;
  nuls: number;
  /** All are small numbers and no line breaks, as with the alphabets of Europe and its neighbours. */
  areBlocks: boolean;
  /** None is a control character. */
  areLetters: boolean;
}

function halvesOf(octets: Buffer, from: 0 | 1): AlternateOctets {
  const halves = { count: octets.length / 2, nuls: 0, areBlocks: true, areLetters: true };
  for (let i = from; i < octets.length; i += 2) {
    const octet = octets[i] as number;
    if (octet === 0) halves.nuls += 1;
    if (octet >= 0x10 || octet === 0x0a) halves.areBlocks = false;
    if (octet < 0x10) halves.areLetters = false;
  }
  return halves;
}

/** Whether these are the upper octets of mostly Latin characters: NULs, which lower octets never are. */
const isHigh = (upper: AlternateOctets, lower: AlternateOctets): boolean =>
  lower.nuls === 0 && upper.nuls * 2 > upper.count;

function withoutTrailingNuls(octets: Buffer): Buffer {
  let end = octets.length;
  while (end > 0 && octets[end - 1] === 0) end--;
  return octets.subarray(0, end);
}

const latin1 = (octets: Buffer) => new TextDecoder("windows-1252").decode(octets);

function utf8(octets: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    return undefined;
  }
}
