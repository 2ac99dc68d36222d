import assert from "node:assert/strict";
import { test } from "node:test";
import { countryCode } from "../../../svc/lib/place/names.ts";

test("countries are known by their codes, their names of today and of before, and in the languages of lists", () => {
  for (const [code, ...names] of [
    ["TR", "Turkey", "Türkiye", "TÜRKİYE", "TUR", "Türkei"],
    ["GB", "GBR", "Great Britain", "England", "UK", "U.K.", "Großbritannien"],
    ["CZ", "Czech Republic", "Czechia", "Česko", "Tschechien"],
    ["NL", "Holland", "The Netherlands", "Nederland"],
    ["AE", "UAE", "U.A.E.", "United Arab Emirates"],
    ["CI", "Ivory Coast", "Côte d’Ivoire", "Cote d'Ivoire"],
    ["US", "USA", "U.S.A.", "United States of America", "usa", "Estados Unidos", "États-Unis"],
    ["DE", "Deutschland", "Allemagne", "Germany (West)", "deu"],
    ["KR", "Korea, Republic of".split(",")[0] ?? "", "Republic of Korea", "South Korea"],
    ["CD", "Democratic Republic of the Congo", "DRC"],
    ["MM", "Burma", "Myanmar"],
    ["BS", "Bahamas, The", "The Bahamas"],
    ["LC", "St. Lucia", "Saint Lucia"],
    ["RU", "Россия", "Russian Federation"],
    ["CN", "中国", "P.R. China".replace("P.R.", "PR")],
  ] as const) {
    for (const name of names) assert.equal(countryCode(name), code, name);
  }
});

test("a text that is no country is none", () => {
  for (const text of ["Atlantis", "unknown", "-", "XX", "12", "New York"]) assert.equal(countryCode(text), "", text);
});
