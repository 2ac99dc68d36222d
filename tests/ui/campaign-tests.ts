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
      assert.ok(await page.getByRole("button", { name: "Send a test to me" }).isDisabled());
      await page.getByText("Make the campaign first.").waitFor();
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

  pageTest(
    "A test is sent to oneself before the start and from the form, and what became of it is told",
    async (page) => {
      const { rest, carriers, platform } = application();
      await importList(application(), "People of the tested campaign", asCsv(makePeople(3)));
      await signIn(page, application());
      await page.goto("/ui/campaigns/new");
      await fillCampaign(page, "Tested campaign", "People of the tested campaign");
      await page.getByRole("button", { name: "Make the campaign" }).click();
      await heading(page, "Tested campaign").waitFor();

      await page.getByRole("button", { name: "Start" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Send a test to me" }).click();
      const dialog = page.getByRole("dialog", { name: /^A test of/ });
      const address = dialog.getByLabel("Email address");
      assert.equal(await address.inputValue(), platform.demo?.email);
      await dialog.getByRole("option", { name: "Person 1" }).waitFor({ state: "attached" });
      await dialog.getByRole("button", { name: "Send the test" }).click();
      await dialog.getByText(/^Accepted by the provider/).waitFor();
      const me = encodeURIComponent(platform.demo?.email ?? "");
      const { messages } = await carriers<{ messages: { subject: string; text: string }[] }>(
        `/email/messages?to=${me}`,
      );
      assert.deepEqual(
        messages.map(({ subject }) => subject),
        ["News for Person 1"],
      );

      await address.fill("bounce+ui@example.com");
      await dialog.getByRole("button", { name: "Send the test" }).click();
      await dialog.getByText(/^Not sent/).waitFor();
      await dialog.getByText(/hard bounce/).waitFor();
      await address.fill("no address");
      await dialog.getByRole("button", { name: "Send the test" }).click();
      await dialog.getByText(/^Must be an email address/).waitFor();
      await dialog.getByRole("button", { name: "Close" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

      await page.getByRole("tab", { name: "Attempts" }).click();
      await page.getByRole("table", { name: "Attempts" }).getByText("Test", { exact: true }).first().waitFor();
      assert.equal(await (await page.getByRole("tab", { name: "Overview" }).click(), stat(page, "Attempted")), 0);

      await page.getByRole("link", { name: "Edit" }).click();
      await heading(page, /^Edit /).waitFor();
      await page.getByLabel("Subject").fill("A draft");
      await page.getByRole("button", { name: "Send a test to me" }).click();
      await page.getByRole("dialog").getByLabel("Email address").fill("draft@example.com");
      await page.getByRole("dialog").getByRole("button", { name: "Send the test" }).click();
      await page
        .getByRole("dialog")
        .getByText(/^Accepted by the provider/)
        .waitFor();
      const drafts = await carriers<{ messages: { subject: string }[] }>("/email/messages?to=draft%40example.com");
      assert.deepEqual(
        drafts.messages.map(({ subject }) => subject),
        ["A draft"],
      );
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
      await heading(page, /^Edit /).waitFor();
      const groups = ok(await rest.GET("/v1/campaign-groups", { params: { query: { query: "Tested campaign" } } }));
      assert.equal(groups.campaignGroups[0]?.content?.subject, "News for {{ first_name }}", "a test saves nothing");
    },
  );

  pageTest(
    "A page that is opened late shows the run from its beginning, and runs before can be chosen",
    async (page) => {
      const { rest } = application();
      const { contactListId } = await importList(application(), "People of the late page", asCsv(makePeople(4)));
      const content = { subject: "Hello", text: "Hello" };
      const group = {
        name: "Late campaign",
        channel: "CHANNEL_EMAIL" as const,
        contactListIds: [contactListId],
        content,
      };
      const made = ok(await rest.POST("/v1/campaign-groups", { body: { campaignGroup: group } }));
      const params = { path: { campaignGroupId: made.campaignGroup?.id ?? "" } };
      const finished = async () =>
        ok(await rest.GET("/v1/campaign-groups/{campaignGroupId}", { params })).campaignGroup?.state ===
        "CAMPAIGN_GROUP_STATE_STOPPED";
      ok(await rest.POST("/v1/campaign-groups/{campaignGroupId}:start", { params, body: {} }));
      await until("the first run is over", finished);

      await signIn(page, application());
      await page.goto(`/ui/campaigns/${params.path.campaignGroupId}`);
      const caption = page.locator("figure figcaption");
      await page.locator("figure svg").first().waitFor();
      await until("the chart begins with the run", async () => {
        const words = await caption.innerText();
        return words.includes(
          ": 0 attempted, 0 not contacted and 4 waiting at the beginning, 4 attempted, 0 not contacted and 0 waiting at the end.",
        );
      });
      assert.equal(await page.getByLabel("Run").count(), 0, "there is one run");

      ok(await rest.POST("/v1/campaign-groups/{campaignGroupId}:start", { params, body: { mode: "LOAD_MODE_ANEW" } }));
      await until("the second run is over", finished);
      await page.getByLabel("Run").selectOption({ index: 1 });
      await page
        .getByLabel("Run")
        .getByRole("option", { name: /^1, begun/, selected: true })
        .waitFor({ state: "attached" });
      await until("the first run is shown", async () => (await caption.innerText()).includes("4 attempted"));
    },
  );

  pageTest("A campaign is edited before it is loaded and after, and what was not touched stays", async (page) => {
    const { rest } = application();
    await importList(application(), "People of the edited campaign", asCsv(makePeople(3)));
    const created = await rest.POST("/v1/contact-lists", {
      body: { contactList: { name: "Second list of the edited" }, requestId: randomUUID() },
    });
    const secondListId = ok(created).contactList?.id ?? "";
    await signIn(page, application());
    await page.goto("/ui/campaigns/new");
    await fillCampaign(page, "Edited campaign", "People of the edited campaign");
    await page.getByRole("button", { name: "Make the campaign" }).click();
    await heading(page, "Edited campaign").waitFor();
    const campaignGroupId = page.url().split("/").at(-1)?.split("?")[0] ?? "";
    const read = async () => {
      const params = { path: { campaignGroupId } };
      return ok(await rest.GET("/v1/campaign-groups/{campaignGroupId}", { params })).campaignGroup!;
    };
    const made = await read();

    await edit(page, async () => {
      await page.getByRole("textbox", { name: "Name" }).fill("Edited once");
      await page.getByLabel("Messages a minute at the most").fill("120");
      await page.getByRole("main").getByLabel("Contact lists").first().fill("Second list of the edited");
      await page.getByRole("option", { name: /^Second list of the edited/ }).click();
      await page.keyboard.press("Escape");
    });
    await heading(page, "Edited once").waitFor();
    const once = await read();
    const listIds = [...made.contactListIds, secondListId];
    const change = { name: "Edited once", messagesPerMinute: 120, contactListIds: listIds };
    assert.deepEqual(once, { ...made, ...change, etag: once.etag, updateTime: once.updateTime });

    ok(
      await rest.POST("/v1/campaign-groups/{campaignGroupId}:load", {
        params: { path: { campaignGroupId } },
        body: {},
      }),
    );
    await until("the campaign is loaded", async () => (await read()).state === "CAMPAIGN_GROUP_STATE_ACTIVE");
    await page.reload();
    await edit(page, async () => {
      await page.getByLabel("What it is for").fill("For those who came last year");
      await page.getByLabel("Subject").fill("Old news");
    });
    await page.getByText("For those who came last year").waitFor();
    const twice = await read();
    assert.equal(twice.content?.subject, "Old news");
    assert.equal(twice.messagesPerMinute, 120);
    assert.deepEqual(twice.contactListIds, listIds);
  });

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

/** Opens the form of the campaign that is shown, changes it and saves. */
async function edit(page: Page, change: () => Promise<void>): Promise<void> {
  await page.getByRole("link", { name: "Edit" }).click();
  await heading(page, /^Edit /).waitFor();
  await change();
  await page.getByRole("button", { name: "Save" }).click();
  await heading(page, /^Edit /).waitFor({ state: "detached" });
}

async function fillCampaign(page: Page, name: string, list = "People of the campaign"): Promise<void> {
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("main").getByLabel("Contact lists").first().fill(list);
  await page.getByRole("option", { name: new RegExp(`^${list}`) }).click();
  await page.keyboard.press("Escape");
  await page.getByLabel("Subject").fill("News for {{ first_name }}");
  await page.getByRole("textbox", { name: "Text" }).fill("Good day ");
  await page.getByRole("button", { name: "first_name" }).click();
  await page.keyboard.type(",");
  await page.getByLabel("Messages a minute at the most").fill("600");
}
