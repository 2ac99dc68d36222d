import assert from "node:assert/strict";
import { importList, startGroup } from "../journeys/journey.ts";
import { asCsv, makePeople } from "../journeys/people.ts";
import type { Application, PageTest } from "./application.ts";
import { everyView, openView, unseenRoutes, type View } from "./every-page.ts";
import { layoutFaults } from "./layout.ts";
import { heading, signIn } from "./steps.ts";

const widths = [1280, 390];

export function everyPageTests(application: () => Application, pageTest: PageTest): void {
  let made: Promise<View[]> | undefined;
  const views = () => (made ??= everyView(application()));

  pageTest("Every address of the application is among those that are looked at", async () => {
    assert.deepEqual(unseenRoutes(await views()), [], "add a view of them to every-page.ts");
  });

  for (const width of widths) {
    pageTest(
      `Names without spaces break no page that is ${width} px wide, and tables stay readable`,
      async (page) => {
        await signIn(page, application());
        const faults: string[] = [];
        for (const view of await views()) {
          await openView(page, view);
          const where = `/ui/${view.address.slice(0, 60)}${view.prepare ? " (used)" : ""}`;
          faults.push(...(await layoutFaults(page)).map((fault) => `${where}: ${fault}`));
        }
        assert.deepEqual(faults, []);
      },
      { viewport: { width, height: 800 } },
    );
  }

  pageTest(
    "Every page that shows a time names the zone it is in",
    async (page) => {
      await signIn(page, application());
      const unnamed: string[] = [];
      let withTimes = 0;
      for (const view of await views()) {
        await openView(page, view);
        // In a dialog above all: what is behind it does not count.
        const part = page.getByRole("dialog").or(page.getByRole("main")).last();
        const isTimed = (await part.locator("time").count()) > 0 || /\b\d{1,2}:\d{2}\b/.test(await part.innerText());
        if (!isTimed) continue;
        withTimes += 1;
        const zone = part.getByText("Times in Asia/Tokyo (GMT+9)", { exact: true });
        if (!(await zone.first().isVisible())) unnamed.push(view.address);
      }
      assert.deepEqual(unnamed, []);
      assert.ok(withTimes > 10, `only ${withTimes} pages show times`);
    },
    { timezoneId: "Asia/Tokyo" },
  );

  pageTest(
    "Beside a time of a person elsewhere stands the time that their clock showed",
    async (page) => {
      const { contactListId } = await importList(application(), "People far away", asCsv(makePeople(2)));
      const campaign = await startGroup(application(), {
        name: "News from far away",
        channel: "CHANNEL_SMS",
        contactListIds: [contactListId],
        content: { text: "Good day" },
      });
      await signIn(page, application());
      await page.goto(`/ui/attempts?campaignGroupId=${campaign.id}`);
      const row = page.getByRole("table", { name: "Attempts" }).getByRole("row").nth(1);
      await row.getByText(/Their time: \w{3},? \d{2}:\d{2} in /).waitFor();
      await row.getByRole("link").click();
      await heading(page, /^SMS to /).waitFor();
      await page
        .getByText(/Their time: /)
        .first()
        .waitFor();
    },
    { timezoneId: "Asia/Tokyo" },
  );
}
