/** Reads what a header says about a phone or an address. Address books, registries and shops name them in many ways. Pure. */

/** What a column holds: the number or address itself, its label, a code before the number, or only its last digits. */
export type DevicePart = "device" | "label" | "area" | "calling_code" | "line";

export interface DeviceHeader {
  part: DevicePart;
  /** The words that distinguish this phone from the person's others: `work`, `2`. */
  which: string;
}

const words = (text: string) => new Set(text.trim().split(/\s+/));

const NOUNS = words(`
  phone phones telephone telephones tel telno telnr mobile mobiles cell cellphone cellular handset landline sms pager msisdn iphone whatsapp
  email emails mail eaddress emailaddress mobilephone homephone workphone phonenumber phonenum
  telefon telefono telefone telefoon mobiltelefon mobil movil celular cellulare courriel correo telefonnummer rufnummer mobilnummer`);
/** Words that say which of a person's devices it is, or that mean nothing here. */
const WHICH = words(`
  home work business office private personal other main primary secondary alt alternate alternative preferred default direct car day daytime
  evening vacation contact customer client billing shipping mailing first second third subscriber user
  privat dienstlich geschaftlich domicile bureau casa trabajo oficina`);
const FILLERS = words(
  "number numbers no num nr nbr address addresses addr value values line e164 adresse direccion indirizzo endereco electronico eletronico de del du da di voice internet pref",
);
const LABELS = words("type label kind");
const FAX = /(?:^|[^a-z])(?:tele|home|work|business|office|other|private)?fax|facsimile|t[eé]l[eé]copie|telex/i;
/** Words for codes before a number. On their own they may also mean a town, a title or a market. */
const AREAS = words("area prefix std dialing dialling dial exchange trunk");
/** Words for such codes that mean nothing else, so that they may stand on their own. */
const CLEAR_AREAS = words(
  "npa nxx ddd lada vorwahl ortsvorwahl areacode stdcode dialcode dialingcode dialingprefix phoneprefix npanxx",
);
const CALLING = words("calling isd callingcode isdcode countrycallingcode phonecountrycode phonecode dialcountrycode");
const LINES = words("number line linenumber lineno xxxx station subscriber subscribernumber localnumber local last4");

/** What a header says about a device; undefined when it is about something else. */
export function deviceHeader(header: string): DeviceHeader | undefined {
  const said = wordsOf(header);
  const glued = said.join("");
  if (said.length === 0 || isFax(header)) return undefined;
  if (isCallingCode(said, glued)) return { part: "calling_code", which: whichOf(said) };
  if (isArea(said, glued)) return { part: "area", which: whichOf(said) };
  // `no_sms` and `do_not_call` are wishes, not devices.
  if (/^(?:no|not|do|dont|never)$/.test(said[0] ?? "") && said.length > 1 && !/^\d+$/.test(said[1] ?? ""))
    return undefined;
  const isAboutDevice = said.some((word) => NOUNS.has(word));
  if (!isAboutDevice) return LINES.has(glued) ? { part: "line", which: "" } : undefined;
  const isLabel = said.some((word) => LABELS.has(word));
  const isPlain = said.every((word) => isNoun(word) || LABELS.has(word));
  if (!isPlain) return undefined;
  return { part: isLabel ? "label" : "device", which: whichOf(said) };
}

/** Whether a header or label names a fax: nobody can be called there. */
export const isFax = (text: string): boolean => FAX.test(text.slice(0, LONGEST_HEADER));

/** Lower case, without accents; `homePhone2`, `E-mail 2` and `TEL;TYPE=CELL` in words. */
export function wordsOf(text: string): string[] {
  const plain = text
    .slice(0, LONGEST_HEADER)
    .replaceAll(/type\s*=/gi, " ")
    .normalize("NFKD")
    .replaceAll("iPhone", "iphone")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replaceAll(/\be[\s_-]mail/g, "email");
  return plain.match(/\p{L}+|\p{N}+/gu) ?? [];
}

const LONGEST_HEADER = 100;

const isNoun = (word: string) => NOUNS.has(word) || WHICH.has(word) || FILLERS.has(word) || /^\d{1,2}$/.test(word);

const isCallingCode = (said: readonly string[], glued: string): boolean =>
  CALLING.has(glued) ||
  (said.includes("code") &&
    (said.some((word) => CALLING.has(word)) || (said.some((word) => NOUNS.has(word)) && said.includes("country"))) &&
    said.every((word) => word === "code" || word === "country" || CALLING.has(word) || isNoun(word)));

const isArea = (said: readonly string[], glued: string): boolean => {
  if (CLEAR_AREAS.has(glued)) return true;
  const isCode = (word: string) => word === "code" || AREAS.has(word) || CLEAR_AREAS.has(word);
  const isClear = said.some((word) => CLEAR_AREAS.has(word));
  const isAbout = said.includes("code") || said.some((word) => NOUNS.has(word));
  return (
    (isClear || (isAbout && said.some((word) => AREAS.has(word)))) && said.every((word) => isCode(word) || isNoun(word))
  );
};

const whichOf = (said: readonly string[]) => said.filter((word) => WHICH.has(word) || /^\d{1,2}$/.test(word)).join(" ");
