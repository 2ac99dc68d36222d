import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { projectRoot } from "../../deploy/local/paths.ts";
import { csvRows } from "../../ui/src/lists/csv-rows.ts";
import type { Application, PageTest } from "./application.ts";
import { chooseLargeFile, goTo, heading, signIn, stat, until } from "./steps.ts";

const springList = join(projectRoot, "examples", "spring-campaign", "list.csv");

export function listTests(application: () => Application, pageTest: PageTest): void {
  pageTest(
    "A list is made, the spring campaign's file imported into it, and every rejected row shown with its reason",
    async (page) => {
      await signIn(page, application());
      await goTo(page, "Contact lists");
      await makeList(page, "Spring, from the browser");
      await page.getByRole("link", { name: "Import a file" }).click();
      await page.locator("input[type=file]").setInputFiles(springList);
      const mapping = page.getByRole("table", { name: "Mapping of the columns" });
      assert.equal(
        await mapping.locator('input[aria-label="Field for the column First Name"]').inputValue(),
        "First name",
      );
      await page.getByRole("table", { name: "Preview of records" }).getByRole("row").nth(1).waitFor();
      await page.getByRole("button", { name: "Import", exact: true }).click();

      await heading(page, "Import of list.csv").waitFor({ timeout: 60_000 });
      const [rows, accepted, rejected] = [
        await stat(page, "Rows of the file"),
        await stat(page, "Accepted"),
        await stat(page, "Rejected"),
      ];
      assert.equal(rows, 10_000);
      assert.equal(accepted + rejected, rows);
      assert.ok(rejected > 0);
      const shown = page.getByRole("table", { name: "Rejected rows" }).getByRole("row");
      await shown.nth(1).waitFor();

      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download all" }).click();
      const text = await readFile(await (await download).path(), "utf8");
      assert.equal(csvRows(text, rejected + 10).length, rejected + 1);

      await page.getByRole("link", { name: "The list" }).click();
      await heading(page, "Spring, from the browser").waitFor();
      await page.getByRole("tab", { name: "Records" }).click();
      await findRecord(page);
    },
  );

  pageTest(
    "A wrong guess of the mapping is corrected before the import, and a column can become a field of one's own",
    async (page) => {
      await signIn(page, application());
      await goTo(page, "Contact lists");
      await makeList(page, "Corrected");
      await page.getByRole("link", { name: "Import a file" }).click();
      const buffer = Buffer.from("Ref;Fon number;Colour\nA1;+12025550123;green\nA2;nothing;blue\n");
      await page.locator("input[type=file]").setInputFiles({ name: "small.csv", mimeType: "text/csv", buffer });
      await chooseField(page, "Ref", "Client id");
      await chooseField(page, "Fon number", "Phone or email 1");
      await chooseField(page, "Colour", "favourite colour");
      const preview = page.getByRole("table", { name: "Preview of records" });
      await preview.getByText("favourite_colour: green").waitFor();
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await heading(page, "Import of small.csv").waitFor();
      assert.equal(await stat(page, "Accepted"), 1);
      assert.equal(await stat(page, "Rejected"), 1);
    },
  );

  pageTest("A file that is no table is refused in words, and a list is deleted only after a question", async (page) => {
    await signIn(page, application());
    await goTo(page, "Contact lists");
    await makeList(page, "To be deleted");
    await page.getByRole("link", { name: "Import a file" }).click();
    const buffer = Buffer.from([0, 1, 2, 3, 0, 255, 254, 0, 0, 7]);
    await page.locator("input[type=file]").setInputFiles({ name: "picture.csv", mimeType: "text/csv", buffer });
    await page.getByRole("alert").getByText("The preview could not be loaded").waitFor();

    await page.getByRole("link", { name: "To be deleted" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete the list" }).click();
    await heading(page, "Contact lists").waitFor();
    await until(
      "the list is gone",
      async () => (await page.getByRole("link", { name: "To be deleted" }).count()) === 0,
    );
  });

  pageTest(
    "A long import shows how far it is, asks before it is left, and when it is stopped nothing of it stays",
    async (page) => {
      await signIn(page, application());
      await goTo(page, "Contact lists");
      await makeList(page, "Given up");
      const list = page.url();
      await page.getByRole("link", { name: "Import a file" }).click();
      await chooseLargeFile(page, "long.csv", longFile());
      await page.getByRole("button", { name: "Import", exact: true }).click();
      const job = page.getByRole("progressbar", { name: "Share of the job that is done" });
      await until("the server's progress moves", async () => Number(await job.getAttribute("aria-valuenow")) > 0);

      await page.getByRole("link", { name: "Given up" }).click();
      await page.getByRole("dialog").getByText("The file is still being sent").waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("button", { name: "Stop the import" }).click();
      await page.getByRole("button", { name: "Import", exact: true }).waitFor();
      await page.goto(`${list}?tab=imports`);
      const imports = page.getByRole("table", { name: "Imports" });
      await until("the import has ended", async () => /Failed|Cancelled/.test(await imports.innerText()));
      await page.getByRole("tab", { name: "Records" }).click();
      await page.getByText("No records yet").waitFor();
    },
  );

  pageTest("The settings of a list are changed, and changed again", async (page) => {
    await signIn(page, application());
    await goTo(page, "Contact lists");
    await makeList(page, "To be renamed");
    await changeList(page, { Name: "Renamed", Description: "Members since May", "Country of the numbers": "DE" });
    await heading(page, "Renamed").waitFor();
    await changeList(page, { Description: "", "Country of the numbers": "" });
    await page.reload();
    await heading(page, "Renamed").waitFor();
    const settings = await openSettings(page);
    assert.equal(await settings.getByLabel("Name").inputValue(), "Renamed");
    assert.equal(await settings.getByLabel("Description").inputValue(), "");
    assert.equal(await settings.getByLabel("Country of the numbers").inputValue(), "");
  });

  pageTest("A name that is taken is told beside the form, and nothing is lost", async (page) => {
    await signIn(page, application());
    await goTo(page, "Contact lists");
    await makeList(page, "Taken");
    await goTo(page, "Contact lists");
    await page.getByRole("button", { name: "New list" }).click();
    const dialog = page.getByRole("dialog");
    const name = dialog.getByRole("textbox", { name: "Name" });
    await name.fill("Taken");
    await dialog.getByRole("button", { name: "Make the list" }).click();
    await dialog.getByRole("alert").waitFor();
    assert.equal(await name.inputValue(), "Taken");
  });
}

/** Long enough to be watched: some 30 MB. */
function longFile(): string {
  const rows = Array.from(
    { length: 400_000 },
    (_, row) =>
      `L-${row},+1202555${String(row % 10_000).padStart(4, "0")},person.${row}@example.com,a field of our own`,
  );
  return ["Client ID,Mobile,Email,Remark", ...rows].join("\n");
}

async function makeList(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New list" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Make the list" }).click();
  await heading(page, name).waitFor();
}

async function openSettings(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Settings" }).click();
  return page.getByRole("dialog");
}

/** Fills fields of the settings by their labels, and saves. */
async function changeList(page: Page, values: Record<string, string>): Promise<void> {
  const settings = await openSettings(page);
  for (const [label, value] of Object.entries(values)) await settings.getByLabel(label).fill(value);
  await settings.getByRole("button", { name: "Save" }).click();
  await settings.waitFor({ state: "detached" });
}

async function chooseField(page: Page, column: string, field: string): Promise<void> {
  const choice = page.locator(`input[aria-label="Field for the column ${column}"]`);
  await choice.fill(field);
  await choice.blur();
}

/** Opens the first record, then finds it again by its client id. */
async function findRecord(page: Page): Promise<void> {
  const records = page.getByRole("table", { name: "Records" });
  const clientId = await records.getByRole("row").nth(1).getByRole("cell").nth(1).innerText();
  await page.getByLabel("Search in").selectOption("clientId");
  await page.getByLabel("Search records").fill(clientId);
  await until("one record is left", async () => (await records.getByRole("row").count()) === 2);
  await records.getByRole("button").first().click();
  await page.getByRole("dialog").getByText("Time zones they may be in").waitFor();
}
