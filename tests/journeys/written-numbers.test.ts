/** A number finds the same things in every form in which people write it, by REST and on the command line. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { projectRoot } from "../../deploy/local/paths.ts";
import { cleanup } from "../lib/cleanup.ts";
import { until } from "../lib/harness.ts";
import { bootPlatform, ok } from "../lib/platform.ts";
import { importList, suppress } from "./journey.ts";
import { makePeople } from "./people.ts";

const [{ phone: NUMBER } = { phone: "" }, { phone: ANOTHER } = { phone: "" }] = makePeople(2);

/** Forms in which people in the United States write one of their numbers, or one of the United Kingdom. */
function writingsOf(number: string): string[] {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (american) {
    const [, area, exchange, line] = american;
    return [
      `(${area}) ${exchange}-${line}`,
      `${area}.${exchange}.${line}`,
      `${area}${exchange}${line}`,
      `1 ${area} ${exchange} ${line}`,
      `+1 ${area} ${exchange} ${line}`,
      `001 ${area} ${exchange} ${line}`,
    ];
  }
  const digits = number.replace(/^\+44/, "");
  return [`+44 (0) ${digits}`, `+44 ${digits.slice(0, 4)} ${digits.slice(4)}`, `011 44 ${digits}`];
}
const WRITINGS = writingsOf(NUMBER);

test("a number is understood alike in every filter", async (t) => {
  const booted = await bootPlatform(t);
  const { rest, platform } = booted;
  const { contactListId } = await importList(
    booted,
    "Written",
    `Client ID,First Name,Mobile\nW-1,Wanda,${NUMBER}\nW-2,Walt,${ANOTHER}\n`,
  );
  const content = { text: "Hello" };
  const group = { name: "Written", channel: "CHANNEL_SMS" as const, contactListIds: [contactListId], content };
  const { campaignGroup } = ok(await rest.POST("/v1/campaign-groups", { body: { campaignGroup: group } }));
  const path = { campaignGroupId: campaignGroup?.id ?? "" };
  ok(await rest.POST("/v1/campaign-groups/{campaignGroupId}:start", { params: { path }, body: {} }));

  const attempted = async () => ok(await rest.GET("/v1/attempts")).attempts.length === 2;
  await until(attempted, { what: "both are attempted", timeoutMs: 30_000 });
  const suppressionListId = await suppress(booted, "Held", [NUMBER, ANOTHER]);

  /** What each filter finds, as the devices or clients of the results. */
  const filters: Readonly<Record<string, (written: string) => Promise<(string | undefined)[]>>> = {
    attempts: async (contactInfo) =>
      ok(await rest.GET("/v1/attempts", { params: { query: { contactInfo } } })).attempts.map((one) => one.contactInfo),
    decisions: async (contactInfo) =>
      ok(await rest.GET("/v1/attempt-checks", { params: { query: { contactInfo } } })).decisions.map(
        (one) => one.contactInfo,
      ),
    interactions: async (contactInfo) =>
      ok(await rest.GET("/v1/interactions", { params: { query: { contactInfo } } })).interactions.map(
        (one) => one.contactInfo,
      ),
    contacts: async (query) =>
      ok(await rest.GET("/v1/contacts", { params: { query: { query } } })).contacts.flatMap(({ identities }) =>
        identities.map(({ value }) => value).filter((value) => value.startsWith("+")),
      ),
    records: async (contactInfo) =>
      ok(
        await rest.GET("/v1/contact-lists/{contactListId}/records", {
          params: { path: { contactListId }, query: { contactInfo } },
        }),
      ).records.flatMap(({ devices }) => devices.map((device) => device.contactInfo)),
    entries: async (valuePrefix) =>
      ok(
        await rest.GET("/v1/suppression-lists/{suppressionListId}/entries", {
          params: { path: { suppressionListId }, query: { valuePrefix } },
        }),
      ).entries.map(({ value }) => value),
    "look-up": async (value) =>
      ok(await rest.GET("/v1/suppression-lists:lookUp", { params: { query: { value } } })).hits.map(
        ({ entry }) => entry?.value,
      ),
    place: async (contactInfo) => [
      ok(await rest.GET("/v1/places:resolve", { params: { query: { contactInfo } } })).contactInfo,
    ],
  };
  for (const [name, find] of Object.entries(filters)) {
    await until(async () => (await find(NUMBER)).length === 1, { what: `${name} knows the number`, timeoutMs: 30_000 });
    for (const written of WRITINGS) assert.deepEqual(await find(written), [NUMBER], `${name}: ${written}`);
  }

  const home = await mkdtemp(join(tmpdir(), "herald-home-"));
  cleanup(t, () => rm(home, { recursive: true, force: true }));
  const env = { PATH: process.env["PATH"], XDG_CONFIG_HOME: home, HERALD_PASSWORD: platform.demo?.password ?? "" };
  const herald = async (...args: string[]) =>
    (await promisify(execFile)(process.execPath, [join(projectRoot, "cli", "herald.mjs"), ...args], { cwd: home, env }))
      .stdout;
  await herald(
    "--server",
    new URL(platform.edgeUrl).host,
    "login",
    "--tenant",
    "demo",
    "--email",
    platform.demo?.email ?? "",
  );
  const [written = ""] = WRITINGS;
  for (const command of [
    ["attempts", "--device", written],
    ["lists", "records", "Written", "--device", written],
    ["contacts", "search", written],
    ["suppression", "lookup", written],
  ]) {
    const out = await herald(...command);
    const isFound = out.includes(NUMBER) || /Held +yes/.test(out);
    assert.ok(isFound && !out.includes(ANOTHER), `${command.join(" ")}: ${out}`);
  }
});
