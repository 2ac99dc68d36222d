import assert from "node:assert/strict";
import type { Application, PageTest } from "./application.ts";
import { goTo, heading, signIn, until } from "./steps.ts";

export function sessionTests(application: () => Application, pageTest: PageTest): void {
  pageTest(
    "A wrong password is refused with the request's id, and the right one leads to where one wanted to go",
    async (page) => {
      const { demo } = application().platform;
      await page.goto("/ui/lists?query=spring");
      await heading(page, "Sign in to Herald").waitFor();
      await page.getByLabel("Tenant").fill(demo?.tenant ?? "");
      await page.getByLabel("Email").fill(demo?.email ?? "");
      await page.getByLabel(/^Password/).fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      const refusal = page.getByRole("alert");
      await refusal.getByText("Wrong tenant, email or password").waitFor();
      assert.doesNotMatch(await refusal.innerText(), /Credentials invalid/);
      assert.match(await refusal.innerText(), /Request [0-9a-f-]{36}/);

      await page.getByLabel(/^Password/).fill(demo?.password ?? "");
      await page.getByRole("button", { name: "Sign in" }).click();
      await heading(page, "Contact lists").waitFor();
      assert.equal(new URL(page.url()).searchParams.get("query"), "spring");
    },
  );

  pageTest(
    "The keyboard alone signs in, skips the navigation and moves the focus to the page that was opened",
    async (page) => {
      const { demo } = application().platform;
      await page.goto("/ui/");
      await heading(page, "Sign in to Herald").waitFor();
      const focused = () =>
        page.evaluate(() => document.activeElement?.closest("label, a, button, input, h1, main")?.id ?? "");
      await page.getByLabel("Tenant").focus();
      await page.keyboard.type(demo?.tenant ?? "");
      await page.keyboard.press("Tab");
      await page.keyboard.type(demo?.email ?? "");
      await page.keyboard.press("Tab");
      await page.keyboard.type(demo?.password ?? "");
      await page.keyboard.press("Enter");
      await heading(page, "Home").waitFor();

      await page.reload();
      await heading(page, "Home").waitFor();
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the content");
      await page.keyboard.press("Enter");
      assert.equal(await focused(), "main");

      await page.getByRole("link", { name: "Campaigns", exact: true }).first().focus();
      await page.keyboard.press("Enter");
      await heading(page, "Campaigns").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Campaigns");
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1");
    },
  );

  pageTest(
    "A reload keeps the session, an access token that ended is renewed unseen, and signing out ends it for good",
    async (page) => {
      await signIn(page, application());
      await page.reload();
      await heading(page, "Home").waitFor();
      const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
      assert.doesNotMatch(stored, /eyJ/, "no access token is kept outside memory");

      // The first call after this is refused; nobody should notice.
      let refused = 0;
      await page.route("**/v1/contact-lists?*", async (route) => {
        if (refused++ === 0)
          await route.fulfill({ status: 401, json: { code: 16, message: "The token has ended.", details: [] } });
        else await route.continue();
      });
      await goTo(page, "Contact lists");
      await page.getByRole("table", { name: "Contact lists" }).or(page.getByText("No lists yet")).first().waitFor();
      assert.equal(await page.getByRole("alert").count(), 0);

      const kept = await page.evaluate(() => sessionStorage.getItem("herald.session") ?? "");
      await page.getByRole("button", { name: /^Account/ }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await heading(page, "Sign in to Herald").waitFor();
      await page.evaluate((text) => sessionStorage.setItem("herald.session", text), kept);
      await page.goto("/ui/");
      await page.getByText("Your session has ended").waitFor();
    },
  );

  pageTest(
    "Wrong passwords are told to the owner at the next sign-in, once, and stand in the audit trail with where they came from",
    async (page) => {
      const { platform } = application();
      const login = { tenant: platform.demo?.tenant ?? "", email: platform.demo?.email ?? "" };
      await signIn(page, application());
      await page.getByRole("button", { name: /^Account/ }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await heading(page, "Sign in to Herald").waitFor();
      for (let i = 0; i < 3; i++) {
        const answer = await fetch(`${platform.edgeUrl}/v1/tokens`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ password: { ...login, password: "a guess" } }),
        });
        assert.equal(answer.status, 401);
      }
      await signIn(page, application());
      const notice = page.getByRole("alert").filter({ hasText: "Wrong passwords since you last signed in" });
      await notice.waitFor();
      assert.match(await notice.innerText(), /\d+ tries, the last on .+ask your administrator/);
      await goTo(page, "Audit trail");
      await notice.waitFor({ state: "hidden" });
      await page.getByLabel("Kind").selectOption({ label: "Sign in" });
      await page.getByLabel("How it ended").selectOption({ label: "Refused or failed" });
      const trail = page.getByRole("table", { name: "Audit trail" });
      const told = trail.getByRole("row").filter({ hasText: "Wrong password or key" }).filter({ hasText: login.email });
      await until("the guesses are in the trail", async () => {
        await page.reload();
        await page.locator("table[aria-busy=false]").or(page.getByText("No entries")).first().waitFor();
        const rows = await told.allInnerTexts();
        return rows.some((row) => /\b([3-9]|\d\d) times, the last .+Sign in.+127\.0\.0\.1/s.test(row));
      });
      await page.getByRole("button", { name: /^Account/ }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await signIn(page, application());
      assert.equal(await notice.count(), 0, "told once");
    },
  );

  pageTest("An address that leads nowhere says so, and the bare host leads to the application", async (page) => {
    await signIn(page, application());
    await page.goto("/");
    await heading(page, "Home").waitFor();
    assert.match(page.url(), /\/ui\/$/);
    await page.goto("/ui/nowhere/at/all");
    await heading(page, "Page not found").waitFor();
    await page.goto("/ui/lists/0190aaaa-0000-7000-8000-000000000000");
    await page.getByRole("alert").getByText("The list could not be loaded").waitFor();
    await heading(page, "Not found").waitFor();
    assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0, "trying again mends nothing");
    await page.getByRole("main").getByRole("link", { name: "Contact lists" }).click();
    await heading(page, "Contact lists").waitFor();
  });
}
