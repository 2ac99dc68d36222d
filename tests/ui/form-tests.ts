/** Every form that edits something is filled, saved, and read back from the server; lists and email campaigns have their tests elsewhere. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import type { CampaignGroup, CampaignGroupInput } from "../../gen/rest.ts";
import { importList, startGroup } from "../journeys/journey.ts";
import { asCsv, makePeople } from "../journeys/people.ts";
import { ok } from "../lib/platform.ts";
import type { Application, PageTest } from "./application.ts";
import { heading, signIn, until } from "./steps.ts";

export function formTests(application: () => Application, pageTest: PageTest): void {
  pageTest("The settings of a suppression list are changed, and what was not touched stays", async (page) => {
    const id = await suppressionList(application(), "To be settled");
    const read = async () => {
      const params = { path: { suppressionListId: id } };
      return ok(await application().rest.GET("/v1/suppression-lists/{suppressionListId}", { params })).suppressionList!;
    };
    const made = await read();
    await signIn(page, application());
    await page.goto(`/ui/suppression/${id}`);
    await saveSettings(page, async () => {
      await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Settled");
      await page.getByRole("dialog").getByLabel("SMS").check();
      await page.getByRole("dialog").getByLabel("Holds for every campaign").check();
    });
    await heading(page, "Settled").waitFor();
    const once = await read();
    const changed = { name: "Settled", channels: ["CHANNEL_SMS"], required: true };
    assert.deepEqual(once, { ...made, ...changed, etag: once.etag, updateTime: once.updateTime });

    await saveSettings(page, async () => {
      await page.getByRole("dialog").getByLabel("Description").fill("By letter");
      await page.getByRole("dialog").getByLabel("SMS").uncheck();
    });
    await page.getByText("By letter").waitFor();
    const twice = await read();
    assert.deepEqual([twice.description, twice.channels, twice.required], ["By letter", [], true]);
  });

  pageTest("An entry is changed by adding it again: its reason and its end are the new ones", async (page) => {
    const id = await suppressionList(application(), "Changed entries");
    await signIn(page, application());
    await page.goto(`/ui/suppression/${id}`);
    const entries = page.getByRole("table", { name: "Entries" });
    for (const [reason, until_] of [
      ["asked by phone", ""],
      ["until the summer", "2040-06-01T08:30"],
    ] as const) {
      await page.getByRole("button", { name: "Add entries" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Phone numbers and email addresses").fill("changed@example.org");
      await dialog.getByLabel("Why").fill(reason);
      await dialog.getByLabel("Until").fill(until_);
      await dialog.getByRole("button", { name: "Add", exact: true }).click();
      await entries.getByText(reason).waitFor();
    }
    await entries.getByText("1 Jun 2040, 08:30").waitFor();
    assert.equal(await entries.getByRole("row").count(), 2);
  });

  pageTest("Every setting of calls and of retry rules is saved, and shown again as it was saved", async (page) => {
    const { contactListId } = await importList(application(), "People to be called", asCsv(makePeople(2)));
    const id = await draft(application(), {
      channel: "CHANNEL_VOICE",
      contactListIds: [contactListId],
      voice: { mode: "DIALING_MODE_PROGRESSIVE", simulatedAgents: 2, maxPorts: 5 },
    });
    await signIn(page, application());
    await edit(page, id, async () => {
      await page.getByLabel("Power: a fixed rate, for announcements").check();
      await page.getByLabel("Calls a minute").fill("90");
      await page.getByLabel("Calls in flight at the most").fill("12");
      await page.getByLabel("Let it ring").fill("40");
      await page.getByLabel("Number shown").fill("+12025550100");
      await addRetryRule(page, "Busy");
      await page.getByLabel("At most (times)").fill("4");
      await page.getByRole("textbox", { name: "Wait" }).fill("7");
      await page.getByLabel("Unit of: Wait").selectOption("hours");
    });
    const { voice, treatments } = await readCampaign(application(), id);
    const { mode, callsPerMinute, maxPorts, ringTimeoutSeconds, callerId } = voice ?? {};
    assert.deepEqual(
      [mode, callsPerMinute, maxPorts, ringTimeoutSeconds, callerId],
      ["DIALING_MODE_POWER", 90, 12, 40, "+12025550100"],
    );
    const [rule] = treatments;
    assert.deepEqual(
      [rule?.callResults, rule?.maxCount, rule?.intervalSeconds],
      [["CALL_RESULT_BUSY"], 4, String(7 * 3_600)],
    );

    const before = await readCampaign(application(), id);
    await edit(page, id, async () => {
      assert.equal(await page.getByLabel("Calls a minute").inputValue(), "90");
      assert.equal(await page.getByRole("textbox", { name: "Wait" }).inputValue(), "7");
      await page.getByRole("textbox", { name: "Name" }).first().fill("Called otherwise");
    });
    const after = await readCampaign(application(), id);
    assert.deepEqual(after, { ...before, name: "Called otherwise", etag: after.etag, updateTime: after.updateTime });
  });

  pageTest(
    "Texts, rules and retry rules of an SMS campaign are changed before it is loaded and after",
    async (page) => {
      const { contactListId } = await importList(application(), "People to be texted", asCsv(makePeople(2)));
      const suppressionListId = await suppressionList(application(), "For texts alone");
      const content = { text: "Good day" };
      const id = await draft(application(), { channel: "CHANNEL_SMS", contactListIds: [contactListId], content });
      await signIn(page, application());
      await edit(page, id, async () => {
        await page.getByRole("textbox", { name: "Message", exact: true }).fill("Good evening");
        await page.getByRole("main").getByLabel("Suppression lists").first().fill("For texts");
        await page.getByRole("option", { name: "For texts alone" }).click();
        await page.keyboard.press("Escape");
        await addRetryRule(page, "Expired");
      });
      const once = await readCampaign(application(), id);
      assert.equal(once.content?.text, "Good evening");
      assert.deepEqual(once.suppressionListIds, [suppressionListId]);
      assert.deepEqual(once.treatments[0]?.deliveryStates, ["DELIVERY_STATE_EXPIRED"]);

      const { rest } = application();
      const params = { path: { campaignGroupId: id } };
      ok(await rest.POST("/v1/campaign-groups/{campaignGroupId}:load", { params, body: {} }));
      await until("it is loaded", async () => (await readCampaign(application(), id)).state.endsWith("ACTIVE"));
      await edit(page, id, async () => {
        await page.getByRole("textbox", { name: "Message", exact: true }).fill("Good night");
        await page.getByRole("button", { name: "Remove retry rule 1" }).click();
      });
      const twice = await readCampaign(application(), id);
      assert.equal(twice.content?.text, "Good night");
      assert.deepEqual(twice.treatments, []);
      assert.deepEqual(twice.suppressionListIds, [suppressionListId]);
    },
  );

  pageTest("A campaign's form that was changed is not left without a question, and a saved one is", async (page) => {
    const { contactListId } = await importList(application(), "People to be asked", asCsv(makePeople(1)));
    const content = { text: "Good day" };
    const id = await draft(application(), { channel: "CHANNEL_SMS", contactListIds: [contactListId], content });
    await signIn(page, application());
    await page.goto(`/ui/campaigns/${id}/edit`);
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("Good morning");
    await page.getByRole("link", { name: "Contact lists" }).first().click();
    await page.getByRole("dialog").getByText("What you changed here is not saved").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await page.getByRole("textbox", { name: "Message", exact: true }).inputValue(), "Good morning");
    await page.getByRole("button", { name: "Save" }).click();
    await heading(page, /^Draft /).waitFor();
    assert.equal((await readCampaign(application(), id)).content?.text, "Good morning");
  });

  pageTest("Somebody who found out how an attempt of unknown fate ended says so", async (page) => {
    const csv = "Client ID,Email\nU1,cut+1@example.com\n";
    const { contactListId } = await importList(application(), "Unknown fates", csv);
    const { id } = await startGroup(application(), {
      name: "Cut off",
      channel: "CHANNEL_EMAIL",
      contactListIds: [contactListId],
      content: { subject: "News", text: "Good day" },
    });
    await signIn(page, application());
    await page.goto(`/ui/attempts?campaignGroupId=${id}`);
    const attempts = page.getByRole("table", { name: "Attempts" });
    await attempts.getByText("Unknown fate").waitFor({ timeout: 30_000 });
    await attempts.getByRole("link").first().click();
    await page.getByLabel("It ended so").selectOption("DELIVERY_STATE_DELIVERED");
    await page.getByRole("button", { name: "Keep this result" }).click();
    await page.getByText("The result is kept.").waitFor();
    await page.getByRole("region", { name: "What became of it" }).getByText("Delivered").first().waitFor();
  });
}

async function saveSettings(page: Page, change: () => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: "Settings" }).click();
  await change();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Opens the form of a campaign, changes it and saves. */
async function edit(page: Page, campaignGroupId: string, change: () => Promise<void>): Promise<void> {
  await page.goto(`/ui/campaigns/${campaignGroupId}/edit`);
  await heading(page, /^Edit /).waitFor();
  await change();
  await page.getByRole("button", { name: "Save" }).click();
  await heading(page, /^Edit /).waitFor({ state: "detached" });
}

async function addRetryRule(page: Page, result: string): Promise<void> {
  await page.getByRole("button", { name: "Add a retry rule" }).click();
  await page.getByRole("main").getByLabel("After").first().fill(result);
  await page.getByRole("option", { name: result, exact: true }).click();
  await page.keyboard.press("Escape");
}

async function suppressionList({ rest }: Application, name: string): Promise<string> {
  const body = { suppressionList: { name, required: false }, requestId: randomUUID() };
  return ok(await rest.POST("/v1/suppression-lists", { body })).suppressionList?.id ?? "";
}

async function draft({ rest }: Application, group: Partial<CampaignGroupInput>): Promise<string> {
  const body = { campaignGroup: { name: `Draft ${randomUUID()}`, ...group }, requestId: randomUUID() };
  return ok(await rest.POST("/v1/campaign-groups", { body })).campaignGroup?.id ?? "";
}

async function readCampaign({ rest }: Application, campaignGroupId: string): Promise<CampaignGroup> {
  const params = { path: { campaignGroupId } };
  return ok(await rest.GET("/v1/campaign-groups/{campaignGroupId}", { params })).campaignGroup!;
}
