/** The page behind the links of emails, on a phone without script: read, heard, clicked and undone. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { CampaignGroupInput } from "../../gen/rest.ts";
import { importList, startGroup, untilFinished } from "../journeys/journey.ts";
import { asCsv, makePeople } from "../journeys/people.ts";
import { ok } from "../lib/platform.ts";
import { assertAccessible } from "./accessibility.ts";
import type { Application, PageTest } from "./application.ts";
import { heading, until } from "./steps.ts";

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, locale: "en-GB" };

export function unsubscribeTests(application: () => Application, pageTest: PageTest): void {
  /** Sends an email and gives its link. */
  async function linkOf(name: string): Promise<string> {
    const { carriers } = application();
    const people = makePeople(1).map((one) => ({ ...one, clientId: name, email: `${name}@example.com`, phone: "" }));
    const { contactListId } = await importList(application(), `Readers ${name}`, asCsv(people));
    const content = { subject: "News", text: "News" };
    const group = {
      name: `News for ${name}`,
      channel: "CHANNEL_EMAIL",
      contactListIds: [contactListId],
      content,
    } satisfies CampaignGroupInput;
    await untilFinished(application(), await startGroup(application(), group), 60_000);
    const { messages } = await carriers<{ messages: { headers: Record<string, string> }[] }>(
      `/email/messages?to=${name}%40example.com`,
    );
    return messages[0]?.headers["list-unsubscribe"]?.slice(1, -1) ?? "";
  }
  const fits = (page: Page): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

  // The checks of accessibility run in the page, so they need script; the page itself has none, and its policy allows none.
  pageTest(
    "A person unsubscribes on a phone, in their language, and undoes it right there",
    async (page) => {
      const { rest } = application();
      const body = {
        tenant: { displayName: "Blue Shop", accentColor: "#ffd400" },
        updateMask: "displayName,accentColor",
      };
      ok(await rest.PATCH("/v1/tenant", { body }));
      await page.goto(await linkOf("reader"));
      await heading(page, "Unsubscribe").waitFor();
      // What is known of a tenant is remembered for half a minute.
      const isNamed = async () => {
        await page.reload();
        return page.getByText("Which messages from Blue Shop should stop?").isVisible();
      };
      await until("the page has the new name", isNamed, 45_000);
      await assertAccessible(page);
      assert.ok(await fits(page), "nothing sticks out of a narrow screen");
      await page.getByRole("button", { name: "Stop emails: this newsletter" }).tap();
      await heading(page, "You are unsubscribed").waitFor();
      await assertAccessible(page);
      await page.getByRole("button", { name: "That was a mistake, undo it" }).tap();
      await heading(page, "You are subscribed again").waitFor();
      await assertAccessible(page);
      await page.getByRole("navigation", { name: "Language" }).getByRole("link", { name: "Deutsch" }).tap();
      await heading(page, "Abmelden").waitFor();
      await page.getByRole("button", { name: "Gar nichts mehr" }).tap();
      await heading(page, "Sie sind abgemeldet").waitFor();
      await page.getByText("Sie erhalten keine Werbung mehr von Blue Shop.").waitFor();
      await page.emulateMedia({ colorScheme: "dark" });
      await assertAccessible(page);
      const { searchParams } = new URL(page.url());
      assert.equal(searchParams.get("lang"), "de", "the language stays over the click");
    },
    PHONE,
  );

  pageTest(
    "A link works without script, and a wrong one says so in the browser's language",
    async (page) => {
      await page.goto(await linkOf("scriptless"));
      await heading(page, "Se désabonner").waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await heading(page, "Vous êtes désabonné").waitFor();
      const answer = await page.goto("/u/of-nobody");
      assert.equal(answer?.status(), 404);
      await heading(page, "Ce lien ne fonctionne pas").waitFor();
    },
    { ...PHONE, javaScriptEnabled: false, locale: "fr-CA" },
  );
}
