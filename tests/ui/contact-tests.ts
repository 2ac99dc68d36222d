import type { Application, PageTest } from "./application.ts";
import { makePeople } from "../journeys/people.ts";
import { goTo, heading, signIn, until } from "./steps.ts";

export function contactTests(application: () => Application, pageTest: PageTest): void {
  pageTest(
    "A person is found by address, with a history that leads to the campaign and to the reason",
    async (page) => {
      const email = makePeople(1)[0]?.email ?? "";
      await signIn(page, application());
      await goTo(page, "Contacts");
      await page.getByLabel("Search by number, email, client id or name").fill(email);
      const contacts = page.getByRole("table", { name: "Contacts" });
      await until("one person is left", async () => (await contacts.getByRole("row").count()) === 2);
      await contacts.getByRole("link").first().click();
      await page.getByRole("heading", { name: "History" }).waitFor();
      await page
        .getByText(/^Email: /)
        .first()
        .waitFor();
      await page.getByRole("link", { name: "Watched campaign" }).first().waitFor();
      await page.getByRole("link", { name: "Why?" }).first().click();
      await heading(page, new RegExp(`^Email to ${email}`)).waitFor();
    },
  );
}
