import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { ok } from "../lib/platform.ts";
import { importList } from "../journeys/journey.ts";
import { asCsv, makePeople } from "../journeys/people.ts";
import type { Application, PageTest } from "./application.ts";
import { goTo, heading, signIn, stat, until } from "./steps.ts";

const people = 240;

export function campaignTests(application: () => Application, pageTest: PageTest): void {
  pageTest(
    "A campaign is made with a preview, started, watched while its counts move, paused and resumed",
    async (page) => {
      await importList(application(), "People of the campaign", asCsv(makePeople(people)));
      await signIn(page, application());
      await goTo(page, "Campaigns");
      await page.getByRole("link", { name: "New campaign" }).click();
      await fillCampaign(page, "Watched campaign");
      await page.getByText("Good day Person 1,").waitFor();
      await page.getByRole("button", { name: "Make the campaign" }).click();
      await heading(page, "Watched campaign").waitFor();

      await page.getByRole("button", { name: "Start" }).click();
      await page
        .getByRole("dialog")
        .getByText(/will be contacted/)
        .waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Start the campaign" }).click();
      await page.getByText("Updating live", { exact: true }).waitFor();
      await until("the first attempts are counted", async () => (await stat(page, "Attempted")) > 0);
      const early = await stat(page, "Attempted");
      await until("more are counted without a reload", async () => (await stat(page, "Attempted")) > early);
      await page.locator("figure svg").first().waitFor();

      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByRole("button", { name: "Resume" }).waitFor();
      const stalls = page.getByRole("region", { name: "Why nothing moves" });
      await stalls.getByText("Paused", { exact: true }).waitFor();
      await until("nothing is in flight", async () => (await stat(page, "In flight")) === 0);
      const [due, attempted, refused, waiting] = await Promise.all(
        ["Due", "Attempted", "Not contacted", "Waiting"].map((name) => stat(page, name)),
      );
      assert.equal((attempted ?? 0) + (refused ?? 0) + (waiting ?? 0), due);
      assert.ok((waiting ?? 0) > 0, "it was paused before its end");

      await page.getByRole("tab", { name: "Queue" }).click();
      await page
        .getByRole("table", { name: "Queue" })
        .getByRole("link", { name: /^Person \d/ })
        .first()
        .waitFor();
      await page.getByRole("button", { name: "Stop" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Stop the campaign" }).click();
      await page.getByRole("button", { name: "Delete" }).waitFor();

      await page.getByRole("button", { name: "Begin anew" }).click();
      await page
        .getByRole("dialog")
        .getByText(/will be contacted a second time/)
        .waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("button", { name: "Continue" }).click();
      await page
        .getByRole("dialog")
        .getByText(/of the run before are left alone/)
        .waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Continue with them" }).click();
      await page.getByRole("button", { name: "Pause" }).waitFor();
    },
  );

  pageTest("A list that is not among the newest is found by its name", async (page) => {
    const { rest } = application();
    for (const name of ["The very first list", ...Array.from({ length: 55 }, (_, i) => `One of many ${i}`)])
      ok(await rest.POST("/v1/contact-lists", { body: { contactList: { name }, requestId: randomUUID() } }));
    await signIn(page, application());
    await page.goto("/ui/campaigns/new");
    const lists = page.getByRole("main").getByLabel("Contact lists").first();
    await lists.click();
    await page.getByRole("option", { name: /^One of many 54/ }).waitFor();
    await lists.fill("VERY FIRST");
    await page.getByRole("option", { name: /^The very first list/ }).click();
    await lists.fill("many 3");
    await page.getByRole("option", { name: /^One of many 33/ }).click();
    // What was chosen keeps its name, whatever is searched for after it.
    for (const name of ["The very first list (0 records)", "One of many 33 (0 records)"])
      await page.getByRole("main").getByText(name, { exact: true }).first().waitFor();
  });

  pageTest("Every attempt is explained, rule by rule", async (page) => {
    await signIn(page, application());
    await goTo(page, "Attempts");
    await page.getByLabel("Channel").selectOption("CHANNEL_EMAIL");
    await page.getByRole("table", { name: "Attempts" }).getByRole("link").first().click();
    await heading(page, /^Email to /).waitFor();
    const rules = page.getByRole("table", { name: "What every rule said" });
    await rules.getByRole("row").nth(1).waitFor();
    assert.match(await rules.innerText(), /Allowed/);
    await page.getByRole("heading", { name: "What became of it" }).waitFor();
  });

  pageTest("What is wrong with a campaign is told beside its field, by the form and by the server", async (page) => {
    await signIn(page, application());
    await page.goto("/ui/campaigns/new");
    await page.getByRole("button", { name: "Make the campaign" }).click();
    await page.getByText("A name is needed.").waitFor();
    await page.getByText("Choose at least one list.").waitFor();

    await fillCampaign(page, "Broken template");
    await page.getByRole("textbox", { name: "Text" }).fill("Hello {{ first_nme }}");
    await page.getByText(/Did you mean first_name\?/).waitFor();
    await page.getByLabel("Subject").fill("Hello {{ first_name");
    await page.getByLabel("From").fill("no address");
    await page.getByRole("button", { name: "Make the campaign" }).click();
    const box = page.getByRole("alert").filter({ hasText: "The campaign is not saved" });
    await box.waitFor();
    assert.doesNotMatch(await box.innerText(), /campaign_group/, "fields have the names that they have on the page");
    const subject = page.getByLabel("Subject");
    assert.equal(await subject.getAttribute("aria-invalid"), "true");
    const described = (await subject.getAttribute("aria-describedby")) ?? "";
    const words = await page.evaluate(
      (ids) =>
        ids
          .split(" ")
          .map((id) => document.getElementById(id)?.textContent)
          .join(" "),
      described,
    );
    assert.match(words, /Liquid/);
  });
}

async function fillCampaign(page: Page, name: string): Promise<void> {
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("main").getByLabel("Contact lists").first().fill("People of the campaign");
  await page.getByRole("option", { name: /^People of the campaign/ }).click();
  await page.keyboard.press("Escape");
  await page.getByLabel("Subject").fill("News for {{ first_name }}");
  await page.getByRole("textbox", { name: "Text" }).fill("Good day ");
  await page.getByRole("button", { name: "first_name" }).click();
  await page.keyboard.type(",");
  await page.getByLabel("Messages a minute at the most").fill("600");
}
