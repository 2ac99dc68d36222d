import assert from "node:assert/strict";
import { ok } from "../lib/platform.ts";
import { importList } from "../journeys/journey.ts";
import { asCsv, makePeople } from "../journeys/people.ts";
import type { Application, PageTest } from "./application.ts";
import { goTo, heading, signIn, stat, until } from "./steps.ts";
import { fillCampaign, people } from "./campaign-form.ts";

export function campaignRunTests(application: () => Application, pageTest: PageTest): void {
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
}
