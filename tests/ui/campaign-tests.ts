import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { ok } from "../lib/platform.ts";
import { importList } from "../journeys/journey.ts";
import { asCsv, makePeople } from "../journeys/people.ts";
import type { Application, PageTest } from "./application.ts";
import { heading, signIn, stat, until } from "./steps.ts";
import { edit, fillCampaign } from "./campaign-form.ts";

export function campaignTests(application: () => Application, pageTest: PageTest): void {
  pageTest("A campaign sends a message template in place of texts, and keeps it when it is edited", async (page) => {
    const { rest } = application();
    await importList(application(), "People of the template", asCsv(makePeople(2)));
    const draft = { variants: [{ subject: "From the template", text: "Hello {{ first_name }}" }] };
    const messageTemplate = { name: "Spring greeting", channel: "CHANNEL_EMAIL" as const, draft };
    const made = ok(await rest.POST("/v1/message-templates", { body: { messageTemplate } }));
    const messageTemplateId = made.messageTemplate?.id ?? "";
    const path = { messageTemplateId };
    ok(await rest.POST("/v1/message-templates/{messageTemplateId}:publish", { params: { path }, body: {} }));
    await signIn(page, application());
    await page.goto("/ui/campaigns/new");
    await fillCampaign(page, "Campaign with a template", "People of the template");
    await page.getByRole("combobox", { name: "Message template" }).click();
    await page.getByRole("option", { name: "Spring greeting" }).click();
    assert.equal(await page.getByLabel("Subject").count(), 0);
    await page.getByRole("region", { name: "Preview" }).getByText("From the template").waitFor();
    await page.getByRole("button", { name: "Make the campaign" }).click();
    await heading(page, "Campaign with a template").waitFor();
    await page.getByRole("link", { name: "Edit" }).click();
    await heading(page, /^Edit /).waitFor();
    await page.getByLabel("What it is for").fill("Changed");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByText("Spring greeting, newest version").waitFor();
    const query = { query: "Campaign with a template" };
    const { campaignGroups } = ok(await rest.GET("/v1/campaign-groups", { params: { query } }));
    assert.equal(campaignGroups[0]?.content?.messageTemplateId, messageTemplateId);
  });

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
      await page.getByLabel("Why people are contacted").selectOption("PURPOSE_TRANSACTIONAL");
    });
    await page.getByText("For those who came last year").waitFor();
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByText("Something they asked for").waitFor();
    const twice = await read();
    assert.equal(twice.purpose, "PURPOSE_TRANSACTIONAL");
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
