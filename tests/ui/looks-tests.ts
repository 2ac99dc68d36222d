import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertAccessible } from "./accessibility.ts";
import type { Application, PageTest } from "./application.ts";
import { heading, signIn } from "./steps.ts";

const areas = [
  "",
  "campaigns",
  "campaigns/new",
  "lists",
  "suppression",
  "attempts",
  "contacts",
  "senders",
  "providers",
  "jobs",
  "audit",
  "undelivered",
];

export function looksTests(application: () => Application, pageTest: PageTest): void {
  for (const colorScheme of ["light", "dark"] as const) {
    pageTest(
      `Every page in the ${colorScheme} theme has names for what can be used, one heading, and text that can be read`,
      async (page) => {
        await page.goto("/ui/");
        await heading(page, "Sign in to Herald").waitFor();
        assert.equal(await schemeOf(page), colorScheme);
        await assertAccessible(page);
        await signIn(page, application());
        for (const area of areas) await lookAt(page, area);
        for (const area of ["lists", "campaigns", "suppression", "attempts", "contacts", "jobs"])
          await lookAtFirst(page, area);
      },
      { colorScheme },
    );
  }

  pageTest("The theme that somebody chose stays after a reload", async (page) => {
    await signIn(page, application());
    await page.getByRole("button", { name: "Use the dark theme" }).click();
    assert.equal(await schemeOf(page), "dark");
    await page.reload();
    await page.getByRole("button", { name: "Use the light theme" }).waitFor();
    assert.equal(await schemeOf(page), "dark");
  });

  pageTest(
    "Nothing is cut off on a phone, where the navigation opens on demand",
    async (page) => {
      await signIn(page, application());
      for (const area of areas) {
        await page.goto(`/ui/${area}`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        const excess = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(excess, 0, `/ui/${area} is wider than the window`);
      }
      await page.getByRole("button", { name: "Open the navigation" }).click();
      await page.getByRole("link", { name: "Contacts" }).click();
      await heading(page, "Contacts").waitFor();
    },
    { viewport: { width: 390, height: 800 } },
  );

  pageTest(
    "Times are shown in the reader's zone, and the exact instant on hover",
    async (page) => {
      await signIn(page, application());
      await page.goto("/ui/jobs");
      const time = page.getByRole("table", { name: "Jobs" }).locator("time").first();
      const instant = new Date((await time.getAttribute("datetime")) ?? "");
      const shown = new Intl.DateTimeFormat("en-GB", {
        dateStyle: "medium",
        timeStyle: "short",
        timeZone: "Asia/Tokyo",
      });
      assert.equal(await time.innerText(), shown.format(instant));
      await time.hover();
      await page.getByRole("tooltip").getByText(instant.toISOString()).waitFor();
    },
    { timezoneId: "Asia/Tokyo" },
  );
}

const schemeOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.documentElement.getAttribute("data-mantine-color-scheme"));

async function lookAt(page: Page, area: string): Promise<void> {
  await page.goto(`/ui/${area}`);
  await settle(page);
  await assertAccessible(page);
}

/** Looks at the first thing of an area's table. */
async function lookAtFirst(page: Page, area: string): Promise<void> {
  await page.goto(`/ui/${area}`);
  const address = await page.getByRole("table").first().getByRole("link").first().getAttribute("href");
  await lookAt(page, address?.replace("/ui/", "") ?? "");
}

/** Waits until a page has its heading and nothing on it is awaited any more. */
const settle = (page: Page) =>
  page.waitForFunction(() => document.querySelector("h1") && !document.querySelector(".mantine-Skeleton-root"));
