import assert from "node:assert/strict";
import { join } from "node:path";
import { projectRoot } from "../../deploy/local/paths.ts";
import type { Application, PageTest } from "./application.ts";
import { goTo, heading, signIn, stat, until } from "./steps.ts";

const optOuts = join(projectRoot, "examples", "spring-campaign", "do-not-contact.csv");

export function suppressionTests(application: () => Application, pageTest: PageTest): void {
  pageTest("Entries are added, looked up, removed and put back; a file of them is imported", async (page) => {
    await signIn(page, application());
    await goTo(page, "Suppression");
    await page.getByRole("button", { name: "New suppression list" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Asked us to stop");
    await page.getByRole("dialog").getByRole("button", { name: "Make the list" }).click();
    await heading(page, "Asked us to stop").waitFor();

    await page.getByRole("button", { name: "Add entries" }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByLabel("Phone numbers and email addresses")
      .fill("+1 202 555 0147\nnobody@example.org\nnot a number");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.getByText(/not a number:/).waitFor();
    await dialog.getByLabel("Phone numbers and email addresses").fill("+1 202 555 0147\nnobody@example.org");
    await dialog.getByLabel("Why").fill("Asked by phone");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    const entries = page.getByRole("table", { name: "Entries" });
    await entries.getByText("+12025550147").waitFor();

    await page.getByRole("button", { name: "Remove +12025550147" }).click();
    await until("the entry is gone", async () => (await entries.getByText("+12025550147").count()) === 0);
    await page.getByRole("button", { name: "Undo" }).click();
    await entries.getByText("+12025550147").waitFor();

    await page.getByRole("link", { name: "Import a file" }).click();
    await heading(page, "Import into Asked us to stop").waitFor();
    await page.locator("input[type=file]").setInputFiles(optOuts);
    await page.getByRole("table", { name: "Preview of entries" }).getByRole("row").nth(1).waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText(/is imported: /).waitFor();
    assert.ok((await stat(page, "New entries")) > 0);
    await page.getByRole("link", { name: "See the list" }).click();
    await heading(page, "Asked us to stop").waitFor();

    await page.getByRole("link", { name: "Suppression" }).first().click();
    await page.getByLabel("Phone number, email address or client id").fill("(202) 555-0147");
    await page.getByRole("button", { name: "Look up" }).click();
    await page.getByText("Asked by phone").waitFor();
  });
}
