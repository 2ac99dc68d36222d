/**
 * Turns numbers from before a country changed its plan into today's (digits after the plus sign). A rule applies only if the old form is
 * not in use and the new one is, so that it never turns one subscriber into another.
 */
type Rule = readonly [old: RegExp, now: string];

const RULES: readonly Rule[] = [
  // Mexico: no 1 before mobile numbers since 2019, and neither 01, 044 nor 045 within the country.
  [/^52(?:1|01|04[45])(\d{10})$/, "52$1"],
  // Argentina: mobile numbers have a 9 before the area code from abroad, a 15 after it at home, and never both.
  [/^549?0?(11)15(\d{8})$/, "549$1$2"],
  [/^549?0?([23]\d\d)15(\d{7})$/, "549$1$2"],
  [/^549?0?([23]\d{3})15(\d{6})$/, "549$1$2"],
  // Brazil: mobile numbers begin with a 9 since 2016; 0 and the code of a carrier may stand before the area code.
  [/^55(?:0(?:\d\d)?)?([1-9]\d)([6-9]\d{7})$/, "55$19$2"],
  // Italy: the 0 of the area code belongs to the number since 1998, that of mobile numbers went in 2001.
  [/^39([124-9]\d{5,9})$/, "390$1"],
  [/^390(3\d{8,9})$/, "39$1"],
  // Ivory Coast: ten digits since 2021, two more for each network.
  [/^225([014-9][0-3]\d{6})$/, "22501$1"],
  [/^225([014-9][4-6]\d{6})$/, "22505$1"],
  [/^225([014-9][7-9]\d{6})$/, "22507$1"],
  [/^225([23]\d8\d{5})$/, "22521$1"],
  [/^225([23]\d0\d{5})$/, "22525$1"],
  [/^225([23]\d{7})$/, "22527$1"],
  // Benin: 01 before all numbers since 2024.
  [/^229(\d{8})$/, "22901$1"],
  // Cameroon: nine digits since 2014.
  [/^237([5-9]\d{7})$/, "2376$1"],
  [/^237([23]\d{7})$/, "2372$1"],
  // Mauritius: mobile numbers begin with a 5 since 2013.
  [/^230([789]\d{6})$/, "2305$1"],
  // Chile: 9 before mobile numbers since 2012, a second 2 in Santiago.
  [/^560?9?([4-9]\d{7})$/, "569$1"],
  [/^560?(2[2-9]\d{6})$/, "562$1"],
  // Colombia: 60 before the area codes of fixed lines since 2021.
  [/^57(?:0\d?)?([124-8]\d{7})$/, "5760$1"],
  // Ecuador: mobile numbers begin with a 9 since 2012.
  [/^5930?([5-9]\d{7})$/, "5939$1"],
  // Vietnam: mobile numbers of eleven digits became ten in 2018.
  [/^840?16([2-9]\d{7})$/, "843$1"],
  [/^840?12(0)(\d{7})$/, "8470$2"],
  [/^840?121(\d{7})$/, "8479$1"],
  [/^840?122(\d{7})$/, "8477$1"],
  [/^840?126(\d{7})$/, "8476$1"],
  [/^840?128(\d{7})$/, "8478$1"],
  [/^840?12([345])(\d{7})$/, "848$1$2"],
  [/^840?127(\d{7})$/, "8481$1"],
  [/^840?129(\d{7})$/, "8482$1"],
  [/^840?18([68])(\d{7})$/, "845$1$2"],
  [/^840?199(\d{7})$/, "8459$1"],
];

const byCode = Map.groupBy(RULES, ([old]) => old.source.slice(1, 3));

/** What an old number may be today. The caller checks which of them is in use. */
export function todaysForms(digits: string): string[] {
  const rules = byCode.get(digits.slice(0, 2)) ?? [];
  return rules.flatMap(([old, now]) => (old.test(digits) ? [digits.replace(old, now)] : []));
}

/**
 * The form in which numbers are compared when two of them ring the same phone: Argentine mobile numbers with and without their 9. No
 * other Argentine number begins with a 9, and all have the same length.
 */
export const comparedForm = (e164: string): string => e164.replace(/^\+549(?=\d{10}$)/, "+54");
