import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { importList } from "../journeys/journey.ts";
import { ok } from "../lib/platform.ts";
import type { Application, PageTest } from "./application.ts";
import { chooseLargeFile, heading, signIn, stat, until } from "./steps.ts";

const known = "Client ID,First Name,Email\nK1,Ada,ada@example.org\nK2,Bob,bob@example.org\n";
const again = "Client ID,First Name,Email\nK1,Ada Maria,ada@example.org\nK3,Cy,cy@example.org\n";

/** What becomes of K1, whom the list has, and of K3, whom it has not. */
const wishes = [
  {
    label: "Leave them as they are, and add the others",
    counts: { Added: 1, Updated: 0, "Left as they were": 1 },
    told: "Left as they were",
    names: ["Ada", "Bob", "Cy"],
  },
  {
    label: "Update them with the file's columns, and add the others",
    counts: { Added: 1, Updated: 1, "Left as they were": 0 },
    told: "Updated with the file's columns",
    names: ["Ada Maria", "Bob", "Cy"],
  },
  {
    label: "Add them once more: they are in the list twice then",
    counts: { Added: 2, Updated: 0, "Left as they were": 0 },
    told: "Added once more",
    names: ["Ada", "Ada Maria", "Bob", "Cy"],
  },
  {
    label: "Update them, and take out everybody who is not in the file",
    counts: { Added: 1, Updated: 1, "Taken out": 1 },
    told: "Updated; whoever was not in the file was taken out",
    names: ["Ada Maria", "Cy"],
  },
];

export function importTests(application: () => Application, pageTest: PageTest): void {
  for (const [place, { label, counts, told, names }] of wishes.entries()) {
    pageTest(`People whom a list has already, at an import: ${label}`, async (page) => {
      const { contactListId } = await importList(application(), `Known people ${place}`, known);
      await signIn(page, application());
      await page.goto(`/ui/lists/${contactListId}/import`);
      await chooseFile(page, "again.csv", again);
      const skip = page.getByRole("radio", { name: wishes[0]?.label ?? "" });
      await skip.waitFor();
      assert.ok(await skip.isChecked(), "nobody is changed or doubled unless somebody says so");
      await page.getByRole("radio", { name: label }).check();
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await heading(page, "Import of again.csv").waitFor();
      for (const [name, count] of Object.entries(counts)) assert.equal(await stat(page, name), count, name);
      await page.getByRole("region", { name: "How the file was read" }).getByText(told, { exact: true }).waitFor();

      await page.getByRole("link", { name: "See the records" }).click();
      const rows = page.getByRole("table", { name: "Records" }).getByRole("row");
      await until("the records are those", async () => (await rows.count()) === names.length + 1);
      const shown = await page.getByRole("table", { name: "Records" }).getByRole("button").allInnerTexts();
      assert.deepEqual([...shown].sort(), names);
    });
  }

  pageTest("A file becomes a list of its name", async (page) => {
    await signIn(page, application());
    await page.goto("/ui/lists");
    await page.getByRole("link", { name: "Import a file" }).first().click();
    await chooseFile(page, "people of may.csv", known);
    assert.equal(await page.getByLabel("Name of the new list").inputValue(), "people of may");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await heading(page, "Import of people of may.csv").waitFor();
    assert.equal(await stat(page, "Added"), 2);
    await page.getByRole("link", { name: "The list" }).click();
    await heading(page, "people of may").waitFor();
  });

  pageTest("An import that fails, or is stopped, leaves no list behind that was made for it", async (page) => {
    await signIn(page, application());
    await page.goto("/ui/lists/import");
    await chooseFile(page, "broken off.csv", known);
    await page.getByLabel("Name of the new list").fill("Made in vain");
    await page.route("**/records:import?*", (route) => route.abort());
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("The file was not imported").waitFor();
    await page.getByText(/“Made in vain” is removed again/).waitFor();
    assert.deepEqual(await listsNamed("Made in vain"), []);

    await page.unroute("**/records:import?*");
    await chooseLargeFile(page, "given up.csv", longFile());
    await page.getByLabel("Name of the new list").fill("Given up midway");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const job = page.getByRole("progressbar", { name: "Share of the job that is done" });
    await until("the server's progress moves", async () => Number(await job.getAttribute("aria-valuenow")) > 0);
    await page.getByRole("button", { name: "Stop the import" }).click();
    await page.getByText(/“Given up midway” is removed again/).waitFor();
    assert.deepEqual(await listsNamed("Given up midway"), []);
    // What was chosen is still there, for another try.
    await page.getByRole("button", { name: "Import", exact: true }).waitFor();
    assert.equal(await page.getByLabel("Name of the new list").inputValue(), "Given up midway");
  });

  pageTest(
    "A file of entries is corrected before anybody is suppressed, stopped without a trace, and told row by row",
    async (page) => {
      const { rest } = application();
      const suppressionList = { name: "From a file", required: false };
      const made = ok(
        await rest.POST("/v1/suppression-lists", { body: { suppressionList, requestId: crypto.randomUUID() } }),
      );
      const id = made.suppressionList?.id ?? "";
      await signIn(page, application());
      await page.goto(`/ui/suppression/${id}`);
      await page.getByRole("link", { name: "Import a file" }).click();
      await chooseFile(page, "street.csv", "Strasse;Wert;Grund\nHauptstr. 1;+12025550141;moved\nWeg 2;nonsense;\n");
      await page.getByRole("alert").getByText("No column holds whom not to contact").waitFor();
      assert.ok(await page.getByRole("button", { name: "Import", exact: true }).isDisabled());
      await choose(page, "Wert", "Number, address or client");
      await choose(page, "Grund", "Why");
      const preview = page.getByRole("table", { name: "Preview of entries" });
      await preview.getByRole("row").filter({ hasText: "+12025550141" }).getByText("moved").waitFor();
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await page.getByText("street.csv is imported: 1 of 2 rows taken.").waitFor();
      assert.equal(await stat(page, "Not understood"), 1);
      const rejected = page.getByRole("table", { name: "Rejected rows" });
      await rejected.getByRole("row").filter({ hasText: "nonsense" }).or(rejected.getByText("3")).first().waitFor();
      await page.getByText("Wert → Number, address or client, Grund → Why").waitFor();

      await page.getByRole("button", { name: "Import another file" }).click();
      await chooseLargeFile(page, "many.csv", manyEntries());
      await page.getByRole("button", { name: "Import", exact: true }).click();
      const job = page.getByRole("progressbar", { name: "Share of the job that is done" });
      await until("the server's progress moves", async () => Number(await job.getAttribute("aria-valuenow")) > 0);
      await page.getByRole("button", { name: "Stop the import" }).click();
      await page.getByRole("button", { name: "Import", exact: true }).waitFor();
      const params = { path: { suppressionListId: id } };
      const kept = ok(await rest.GET("/v1/suppression-lists/{suppressionListId}", { params })).suppressionList;
      assert.equal(kept?.entryCount, "1", "a word names nobody, and nothing of the stopped file is there");
    },
  );

  async function listsNamed(query: string): Promise<string[]> {
    const { contactLists } = ok(await application().rest.GET("/v1/contact-lists", { params: { query: { query } } }));
    return contactLists.map(({ name }) => name);
  }
}

async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });
  await page.getByRole("table", { name: "Mapping of the columns" }).waitFor();
}

async function choose(page: Page, column: string, field: string): Promise<void> {
  const choice = page.locator(`input[aria-label="Field for the column ${column}"]`);
  await choice.fill(field);
  await choice.blur();
}

/** Long enough to be watched: some 30 MB. */
const longFile = (): string =>
  [
    "Client ID,Email,Remark",
    ...Array.from({ length: 500_000 }, (_, row) => `L-${row},person.${row}@example.com,a remark of no matter`),
  ].join("\n");

const manyEntries = (): string =>
  ["Email,Reason", ...Array.from({ length: 900_000 }, (_, row) => `person.${row}@example.com,asked us`)].join("\n");
