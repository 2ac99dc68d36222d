/** Every address of the application, with data of names that are long and have no spaces. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { importList, startGroup } from "../journeys/journey.ts";
import { ok } from "../lib/platform.ts";
import type { Application } from "./application.ts";
import { until } from "./steps.ts";

/** One view of a page: its address, and what is done there before it is looked at. */
export interface View {
  address: string;
  prepare?: (page: Page) => Promise<void>;
}

const long = (length: number, letter = "n"): string => `Long${letter.repeat(length - 4)}`;
const email = `${long(60)}@${"d".repeat(60)}.${"e".repeat(60)}.example.org`;
const column = long(60, "c");
const file = [
  `Client ID,First Name,Last Name,Company,Email,${column},Plain`,
  `${long(64, "k")},${long(64)},${long(64)},${long(64)},${email},${long(900, "v")},x`,
  `K2,Ada,Lovelace,,ada@example.org,short,y`,
  `${long(60, "r")},Bob,,,not-an-address-${"a".repeat(200)},,z`,
  "",
].join("\n");

/** Makes one of everything, and says where to look at it. */
export async function everyView(application: Application): Promise<View[]> {
  const { rest } = application;
  const listName = `${long(100)}-${randomUUID().slice(0, 8)}`;
  const imported = await importList(application, listName, file);
  const listId = imported.contactListId;
  await describe(application, listId);
  const suppressionListId = await suppressionList(application);
  const campaign = await startGroup(application, {
    name: `${long(100, "g")}-${randomUUID().slice(0, 8)}`,
    description: long(400, "d"),
    channel: "CHANNEL_EMAIL",
    contactListIds: [listId],
    suppressionListIds: [suppressionListId],
    content: { subject: long(300, "s"), text: long(3_000, "t") },
  });
  const attemptId = await firstAttempt(application, campaign.id);
  const contactId = await contactOf(application, email);
  const { jobs } = ok(await rest.GET("/v1/jobs", { params: { query: { objectId: listId } } }));
  const tabs = ["overview", "attempts", "queue", "left-out", "settings"];
  return [
    "",
    ...routePatterns().filter((pattern) => !pattern.includes(":")),
    `lists?query=${long(100, "q")}`,
    `lists/${listId}`,
    `lists/${listId}?tab=imports`,
    `lists/${listId}/imports/${imported.id}`,
    `suppression?value=${email}`,
    `suppression/${suppressionListId}`,
    ...tabs.map((tab) => `campaigns/${campaign.id}?tab=${tab}`),
    `campaigns/${campaign.id}/edit`,
    `attempts/${attemptId}`,
    `contacts/${contactId}`,
    `jobs/${jobs[0]?.id ?? ""}`,
    `lists/${long(200, "x")}`,
    `nowhere/${long(200, "x")}`,
  ]
    .map((address): View => ({ address }))
    .concat(
      { address: `lists/${listId}`, prepare: openRecord },
      { address: "lists/import", prepare: chooseFile },
      { address: `lists/${listId}/import`, prepare: chooseFile },
      { address: `suppression/${suppressionListId}/import`, prepare: chooseFile },
    );
}

/** Patterns of the application's addresses that none of these views shows. */
export function unseenRoutes(views: readonly View[]): string[] {
  const fits = (pattern: string) => new RegExp(`^${pattern.replaceAll(/:\w+/g, "[^/?]+")}(\\?|$)`);
  return routePatterns().filter((pattern) => !views.some(({ address }) => fits(pattern).test(address)));
}

/** `lists/:contactListId`, and all others that somebody who is signed in may open. */
function routePatterns(): string[] {
  const text = readFileSync(new URL("../../ui/src/routes.tsx", import.meta.url), "utf8");
  const patterns = [...text.matchAll(/path: "([^"]+)"/g)].map(([, path]) => path ?? "");
  return patterns.filter((pattern) => pattern !== "*" && pattern !== "/sign-in");
}

/** Opens a view, and waits until nothing on it is awaited any more. */
export async function openView(page: Page, { address, prepare }: View): Promise<void> {
  await page.goto(`/ui/${address}`);
  await settle(page);
  await prepare?.(page);
  await settle(page);
}

/** Waits until a page has its heading, or says why not, and nothing on it is awaited any more. */
const settle = (page: Page) =>
  page.waitForFunction(
    () => document.querySelector("h1, [role=alert]") && !document.querySelector(".mantine-Skeleton-root"),
  );

async function openRecord(page: Page): Promise<void> {
  await page.getByRole("table", { name: "Records" }).getByRole("button").first().click();
  await page.getByRole("dialog").getByText("Other columns").waitFor();
}

async function chooseFile(page: Page): Promise<void> {
  const name = `${long(240, "f")}.csv`;
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(file) });
  await page.getByRole("table", { name: "Mapping of the columns" }).waitFor();
}

async function describe({ rest }: Application, contactListId: string): Promise<void> {
  const body = { contactList: { description: long(400, "d") }, updateMask: "description" };
  ok(await rest.PATCH("/v1/contact-lists/{contactListId}", { params: { path: { contactListId } }, body }));
}

async function suppressionList({ rest }: Application): Promise<string> {
  const name = `${long(100, "s")}-${randomUUID().slice(0, 8)}`;
  const made = { suppressionList: { name, description: long(400, "d"), required: false }, requestId: randomUUID() };
  const id = ok(await rest.POST("/v1/suppression-lists", { body: made })).suppressionList?.id ?? "";
  const entries = [{ value: email, reason: long(200, "r"), untilTime: "2020-01-01T00:00:00Z" }];
  const params = { path: { suppressionListId: id } };
  ok(await rest.POST("/v1/suppression-lists/{suppressionListId}/entries:add", { params, body: { entries } }));
  return id;
}

async function firstAttempt({ rest }: Application, campaignGroupId: string): Promise<string> {
  let id = "";
  await until("an attempt is made", async () => {
    const query = { campaignGroupId, contactInfo: email };
    const { attempts } = ok(await rest.GET("/v1/attempts", { params: { query } }));
    id = attempts[0]?.id ?? "";
    return id !== "";
  });
  return id;
}

async function contactOf({ rest }: Application, value: string): Promise<string> {
  let id = "";
  await until("the contact is known", async () => {
    const { contacts } = ok(await rest.GET("/v1/contacts", { params: { query: { query: value } } }));
    id = contacts[0]?.id ?? "";
    return id !== "";
  });
  return id;
}
