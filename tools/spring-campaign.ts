/**
 * Makes examples/spring-campaign/: a list of 10,000 people who do not exist, with the faults that real files have, and the people among them who
 * must not be contacted. Numbers and domains are those reserved for fiction and documentation: +1 NXX 555-0100 to 0199; the United Kingdom's drama
 * ranges (Ofcom); Australia's (ACMA); example.com, .org and .net (RFC 2606). The same seed gives the same files.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PEOPLE = 10_000;
const folder = fileURLToPath(new URL("../examples/spring-campaign/", import.meta.url));

/** Mulberry32: small, and the same everywhere. */
let state = 20_260_321;
function chance(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
const below = (limit: number): number => Math.floor(chance() * limit);
const pick = <T>(choices: readonly T[]): T => choices[below(choices.length)] as T;
const digits = (value: number, width: number): string => String(value).padStart(width, "0");

const FIRST =
  "Ada Amir Anna Beatriz Ben Carlos Chidi Chloe Dara Diego Elena Emil Fatima Finn Grace Hana Hugo Ines Ivan Jonas Kaia Kenji Lena Leo Liam Lucia Maja Mateo Mei Mila Nadia Noah Nora Olga Omar Oskar Priya Quinn Rosa Sara Sofia Tariq Theo Uma Vera Viktor Wren Yara Yusuf Zoe".split(
    " ",
  );
const LAST =
  "Abbott Alvarez Anders Baker Bauer Brandt Castro Chen Costa Dahl Dixon Dubois Eriksen Evans Farouk Fischer Garcia Gruber Haddad Hansen Hughes Ito Jansen Khan Kowalski Larsen Lopez Marsh Meyer Moreau Nakamura Novak O'Neill Okafor Olsen Patel Petrov Quist Reyes Rossi Sato Schmidt Silva Singh Tanaka Torres Ueda Varga Weber Young".split(
    " ",
  );
const COMPANIES = ["", "", "", "Acme, Inc.", 'The "Blue" Kitchen', "Example & Sons", "Northwind"];

interface Place {
  country: string;
  state: string;
  postal: () => string;
  /** Two numbers of the place, as people write them. */
  phone: () => string;
  share: number;
}

const northAmerican = (state: string, areaCodes: string, zip: string, share: number, country = "US"): Place => ({
  country,
  state,
  share,
  postal: () => zip,
  phone: () => {
    const area = pick(areaCodes.split(" "));
    const line = digits(100 + below(100), 4);
    return pick([
      `(${area}) 555-${line}`,
      `${area}-555-${line}`,
      `+1 ${area} 555 ${line}`,
      `${area}.555.${line}`,
      `1${area}555${line}`,
      `${area}555${line}`,
    ]);
  },
});

const PLACES: readonly Place[] = [
  northAmerican("NY", "212 315 347 516 518 585 607 631 646 716 718 845 914 917 929", "10001", 12),
  northAmerican("FL", "239 305 321 352 386 407 561 727 754 786 813 863 904 941 954", "33101", 9),
  northAmerican("TX", "210 214 254 281 361 409 469 512 682 713 806 817 832 903 940 972", "75201", 10),
  northAmerican("IL", "217 224 309 312 618 630 708 773 815 847", "60601", 6),
  northAmerican("CO", "303 719 720 970", "80202", 4),
  northAmerican(
    "CA",
    "209 213 310 323 408 415 510 530 559 562 619 626 650 661 707 714 760 805 818 831 858 909 916 925 949 951",
    "94103",
    14,
  ),
  northAmerican("WA", "206 253 360 425 509", "98101", 4),
  northAmerican("HI", "808", "96813", 3),
  // With Guam's people somebody may be called at every hour of the week, but for 07:00 to 08:05 UTC on Sundays.
  northAmerican("GU", "671", "96910", 4),
  northAmerican("AK", "907", "99501", 2),
  northAmerican("TN", "423 615 731 865 901 931", "37402", 3),
  northAmerican("ON", "416 519 613 647 705 905", "M5V 2T6", 4, "CA"),
  northAmerican("BC", "250 604 778", "V6B 1A1", 3, "CA"),
  {
    country: "GB",
    state: "",
    share: 16,
    postal: () => "SW1A 1AA",
    phone: () => {
      const line = digits(below(1000), 3);
      return pick([
        `+44 7700 900${line}`,
        `+447700900${line}`,
        `+44 20 7946 0${line}`,
        `+44 113 496 0${line}`,
        `0044 7700 900${line}`,
      ]);
    },
  },
  {
    country: "AU",
    state: "",
    share: 10,
    postal: () => "2000",
    phone: () => `+61 ${pick(["2", "3", "7", "8"])} ${pick(["5550", "7010"])} ${digits(below(10_000), 4)}`,
  },
];

const totalShare = PLACES.reduce((sum, { share }) => sum + share, 0);
function somewhere(): Place {
  let left = chance() * totalShare;
  return PLACES.find(({ share }) => (left -= share) < 0) ?? (PLACES[0] as Place);
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

interface Person {
  client: string;
  email: string;
  mobile: string;
  row: string;
}

/** What the simulated inbox does with some: no such user, greylisted once, mailbox full. */
function misbehaviour(number: number): string {
  if (number % 71 === 5) return "bounce+";
  if (number % 97 === 11) return "defer+";
  return number % 307 === 17 ? "full+" : "";
}

function person(number: number): Person {
  const place = somewhere();
  const [first, last] = [pick(FIRST), pick(LAST)];
  const client = `C-${digits(number, 6)}`;
  const local = `${misbehaviour(number)}${first}.${last}.${number}`.toLowerCase().replaceAll("'", "");
  const email = chance() < 0.85 ? `${local}@example.${pick(["com", "org", "net"])}` : "";
  const mobile = chance() < 0.92 ? place.phone() : "";
  const home = chance() < 0.35 ? place.phone() : "";
  const devices = email || mobile || home ? { email, mobile, home } : { email, mobile: place.phone(), home };
  const cells = [
    client,
    first,
    last,
    pick(COMPANIES),
    devices.mobile,
    devices.home,
    devices.email,
    place.postal(),
    place.state,
    place.country,
    `${below(500)}.${digits(below(100), 2)}`,
  ];
  return { client, email: devices.email, mobile: devices.mobile, row: cells.map(quoted).join(",") };
}

/** What goes wrong in real files: each is put in about as often as one meets it. */
const FAULTS: readonly ((row: string) => string)[] = [
  (row) => row.replace(/^[^,]*,/, ","),
  (row) => `${row},surplus`,
  (row) => row.split(",").slice(0, 5).join(","),
  (row) =>
    row.replace(/^([^,]*,){4}.*$/, (all) =>
      [...all.split(",").slice(0, 4), "n/a", "", "", "", "", "US", "0"].join(","),
    ),
  (row) =>
    row.replace(/^([^,]*,){4}.*$/, (all) =>
      [...all.split(",").slice(0, 4), "555-0199", "", "not an address", "10001", "NY", "US", "0"].join(","),
    ),
  (row) => row.replace(/^([^,]*),([^,]*)/, `$1,${"A".repeat(80)}`),
];

const people = Array.from({ length: PEOPLE }, (_, index) => person(index + 1));
/** Faults fall on rows without quotes: a quote that never closes would swallow the rows after it. */
const rows = people.map(({ row }, index) => {
  if (index % 83 === 40 && !row.includes('"'))
    return (FAULTS[Math.floor(index / 83) % FAULTS.length] as (row: string) => string)(row);
  if (index % 400 === 399) return (people[index - 200] as Person).row;
  return row;
});
const HEADER = "Customer No,First Name,Last Name,Company,Mobile,Home Phone,E-Mail,ZIP,State,Country,Balance";

const suppressed = people.filter((_, index) => index % 29 === 7);
const optOuts = suppressed.map(({ mobile, email }, index) => {
  const value = index % 3 === 0 && email ? email : mobile || email;
  return `${quoted(value)},${index % 10 === 0 ? "2026-12-31" : ""},${pick(["asked by phone", "STOP", "complaint", "national list"])}`;
});

mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}list.csv`, `\uFEFF${[HEADER, ...rows].join("\r\n")}\r\n`);
writeFileSync(
  `${folder}do-not-contact.csv`,
  `${["value,until,reason", ...optOuts, "12345,,not a number", "someone@@example.com,,not an address"].join("\n")}\n`,
);
console.log(`Wrote ${rows.length} people and ${optOuts.length} opt-outs to examples/spring-campaign/.`);
