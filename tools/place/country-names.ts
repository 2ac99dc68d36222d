/** Names of countries in the languages of those who write lists, for svc/lib/place/data/country-names.json. */
import { plans } from "../../svc/lib/devices/numbering-plan.ts";
import { nameKey } from "../../svc/lib/place/names.ts";

/** CLDR's codes of one territory. */
export interface TerritoryCodes {
  _alpha3?: string;
}

const LANGUAGES =
  "en de fr es it pt pt-PT nl pl tr ru uk ar fa he hi zh zh-Hant ja ko vi th id ms sv da nb fi is et lv lt cs sk hu ro hr sr sr-Latn sl bg mk sq el ca eu gl ga cy mt hy ka az kk";

/** Names of before, short names and parts of countries, as people write them. Where CLDR says something else, this holds. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  AE: "uae, u a e, emirates, abu dhabi, dubai, vae",
  BA: "bosnia, bih",
  BO: "plurinational state of bolivia",
  BN: "brunei darussalam",
  CD: "drc, dr congo, congo kinshasa, zaire, democratic republic of the congo, congo democratic republic, the democratic republic of the congo",
  CG: "congo brazzaville, republic of the congo, congo republic",
  CI: "ivory coast, cote d ivoire",
  CN: "prc, mainland china, people s republic of china, pr china",
  CV: "cape verde, cabo verde",
  CZ: "czech republic, cesko, cr",
  DE: "brd, federal republic of germany, bundesrepublik deutschland, ger",
  CH: "swiss, sui, suisse, schweiz",
  DK: "den",
  DO: "dominican rep",
  FK: "malvinas",
  FM: "federated states of micronesia",
  FR: "french republic",
  GB: "uk, u k, great britain, britain, england, scotland, wales, northern ireland, united kingdom of great britain and northern ireland, gb nir, grossbritannien, grande bretagne, gran bretagna, gran bretana, reino unido, inglaterra, angleterre, inghilterra, groot brittannie, wielka brytania",
  GR: "hellas, gre",
  HK: "hong kong, hong kong sar, hksar",
  HR: "cro",
  IR: "iran, islamic republic of iran, persia",
  KP: "north korea, dprk, democratic people s republic of korea",
  KR: "south korea, korea, republic of korea, korea south, korea republic of, rok",
  LA: "lao pdr, lao people s democratic republic, lao",
  LY: "libyan arab jamahiriya",
  MD: "republic of moldova",
  MK: "macedonia, fyrom, former yugoslav republic of macedonia, republic of macedonia",
  MM: "burma, myanmar",
  MO: "macao, macau",
  NL: "holland, the netherlands, netherlands, ned",
  PS: "palestine, state of palestine, palestinian territory, west bank, gaza",
  PT: "por",
  RU: "russia, russian federation, ussr",
  SA: "ksa, saudi",
  ST: "sao tome",
  SY: "syrian arab republic",
  SZ: "swaziland, eswatini",
  TL: "east timor, timor leste",
  TR: "turkey, turkiye, republic of turkey",
  TW: "taiwan, taiwan province of china, republic of china, chinese taipei, roc",
  TZ: "united republic of tanzania, tanzania",
  US: "usa, u s, u s a, us of a, united states of america, united states, america, estados unidos, eua, eeuu, ee uu, etats unis",
  VA: "vatican, holy see",
  VN: "viet nam",
  ZA: "rsa",
};

/** Country → its names, as `nameKey` writes them, and its code of three letters. A name that two countries have in different languages is left out. */
export function countryNames(codes: Readonly<Record<string, TerritoryCodes>>): Record<string, string[]> {
  const regions = [...plans.keys()].sort();
  const owner = new Map<string, string | undefined>();
  const give = (name: string, region: string, isCertain: boolean) => {
    const key = nameKey(name);
    if (key === "") return;
    if (!owner.has(key)) owner.set(key, region);
    else if (!isCertain && owner.get(key) !== region && !certain.has(key)) owner.set(key, undefined);
    if (isCertain) certain.add(key);
  };
  const certain = new Set<string>();
  for (const [region, names] of Object.entries(OTHER_NAMES))
    for (const name of names.split(",")) give(name, region, true);
  for (const region of regions) give(codes[region]?._alpha3 ?? "", region, true);
  for (const language of LANGUAGES.split(" ")) {
    const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    for (const region of regions) give(names.of(region) ?? "", region, language === "en");
  }
  const known = [...owner].flatMap(([name, region]) => (region === undefined ? [] : [{ name, region }]));
  const byRegion = Map.groupBy(known, ({ region }) => region);
  return Object.fromEntries(
    regions.map((region) => [region, (byRegion.get(region) ?? []).map(({ name }) => name).sort()]),
  );
}
