import assert from "node:assert/strict";
import { setAsideForDemo } from "../lib/set-aside.ts";
import { assertAccessible } from "./accessibility.ts";
import type { Application, PageTest } from "./application.ts";
import { goTo, heading, signIn, until } from "./steps.ts";

export function operationsTests(application: () => Application, pageTest: PageTest): void {
  pageTest(
    "What was refused is shown with its reason and delivered again; what is refused again is back",
    async (page) => {
      const { platform } = application();
      await signIn(page, application());
      await goTo(page, "Undelivered");
      await page.getByText("Everything was delivered").waitFor();
      await setAsideForDemo(platform.databaseUrl, { good: true });
      await setAsideForDemo(platform.databaseUrl, { good: false });
      await page.reload();
      const messages = page.getByRole("table", { name: "Undelivered messages" });
      await messages.getByText("audit_entries[0].id: … is not an id.").first().waitFor();
      await assertAccessible(page);
      await messages.getByRole("button", { name: "Deliver again: Audit trail, kept by lists" }).last().click();
      await page.getByText("It is delivered once more.").waitFor();
      await until("one is left", async () => (await messages.getByRole("row").count()) === 2);
      await page.getByRole("button", { name: "Deliver all again" }).click();
      await page.getByText("1 message is delivered once more.").waitFor();
      await messages.getByRole("row").nth(1).getByRole("cell", { name: "9", exact: true }).waitFor();
      await page.getByLabel("About", { exact: true }).selectOption("opt_outs");
      await page.getByText("Nothing that was refused fits this filter.").waitFor();
    },
  );

  pageTest(
    "The attempt policy is read and changed, and a time that cannot be is said beside its field",
    async (page) => {
      await signIn(page, application());
      await goTo(page, "Attempt policy");
      const seconds = page.getByRole("textbox", { name: "They wait for (seconds)" });
      const wait = page.getByLabel("Other attempts wait after a message");
      // Messages of this platform follow each other at once, since its tests write to the same few people.
      await until(
        "the policy is shown",
        async () => (await seconds.inputValue()) === "60" && !(await wait.isChecked()),
      );
      await assertAccessible(page);
      await wait.setChecked(true, { force: true });
      await seconds.fill("3601");
      await page.getByRole("button", { name: "Save" }).click();
      await page
        .getByText(/from 1 to 3,?600/)
        .first()
        .waitFor();
      await seconds.fill("30");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("The attempt policy is changed.").waitFor();
      await page.reload();
      await until("it was kept", async () => (await seconds.inputValue()) === "30" && (await wait.isChecked()));
      await wait.setChecked(false, { force: true });
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("The attempt policy is changed.").waitFor();
    },
  );

  pageTest("A sender is claimed and released, and the form says what is none", async (page) => {
    await signIn(page, application());
    await goTo(page, "Senders");
    await page.getByRole("button", { name: "Claim a sender" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Claim", exact: true }).click();
    await dialog.getByText("A sender is needed.").waitFor();
    await dialog.getByRole("textbox", { name: "Sender" }).fill("@not a domain");
    await dialog.getByRole("button", { name: "Claim", exact: true }).click();
    await dialog.getByText("Must be a phone number with its country code").first().waitFor();
    await dialog.getByRole("textbox", { name: "Sender" }).fill("+1 212 555 0188");
    await dialog.getByRole("button", { name: "Claim", exact: true }).click();
    const row = page.getByRole("table", { name: "Senders" }).getByRole("row", { name: "+12125550188" });
    await row.getByRole("cell", { name: "Yours" }).waitFor();
    await row.getByRole("button", { name: "Release +12125550188" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Release it" }).click();
    await row.getByRole("cell", { name: "Released" }).waitFor();
  });

  pageTest("A domain gets keys, shows its records, says what is missing in DNS, and is removed", async (page) => {
    await signIn(page, application());
    await goTo(page, "Email domains");
    await page.getByText("No domains yet").waitFor();
    await page.getByRole("button", { name: "Add a domain" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Domain" }).fill("gmail.com");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.getByText("Must be a domain of your own").first().waitFor();
    await dialog.getByRole("textbox", { name: "Domain" }).fill("news.signed.invalid");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await page
      .getByText(/^h\w+\._domainkey\.news\.signed\.invalid$/)
      .first()
      .waitFor();
    await assertAccessible(page);
    await page.getByRole("button", { name: "Check the records of news.signed.invalid" }).click();
    await page
      .getByText(/There is no TXT record|No name server answered/)
      .first()
      .waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: "Make new keys for news.signed.invalid" }).click();
    await page.getByText("There are new keys. Publish their records.").waitFor();
    await page.getByRole("button", { name: "Remove news.signed.invalid" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove it" }).click();
    await page.getByText("No domains yet").waitFor();
  });

  pageTest("A provider is set up, explained, tested step by step, changed and deleted", async (page) => {
    const { platform } = application();
    const port = String(platform.settings.ports.HERALD_SMPP_PORT);
    await signIn(page, application());
    await goTo(page, "Providers");
    await page.getByRole("button", { name: "Add a provider" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.getByText("A name is needed.").waitFor();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Own mail");
    await dialog.getByRole("textbox", { name: "Host" }).fill("10.0.0.1");
    await dialog.getByRole("textbox", { name: "User" }).fill("me");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.getByText("Required.").first().waitFor();
    await dialog.getByLabel("Password", { exact: true }).fill("sesame");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.getByText("10.0.0.1 is a private address").first().waitFor();
    await assertAccessible(page);
    await dialog.getByRole("combobox", { name: "Kind" }).click();
    await page.getByRole("option", { name: "SMS centre (SMPP)" }).click();
    await dialog.getByRole("textbox", { name: "Host" }).fill("127.0.0.1");
    await dialog.getByRole("textbox", { name: "Port" }).fill(port);
    await dialog.getByRole("textbox", { name: "System id" }).fill("herald");
    await dialog.getByLabel("Password", { exact: true }).fill("wrong");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    const row = page.getByRole("table", { name: "Providers" }).getByRole("row", { name: "Own mail" });
    await row.getByRole("button", { name: "Test Own mail" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Test it" }).click();
    await page.getByRole("dialog").getByText("The centre refuses the password (0x0e).").waitFor();
    await page.getByRole("dialog").getByText("Check the password.").waitFor();
    await assertAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await row.getByRole("button", { name: "Change Own mail" }).click();
    await page.getByRole("dialog").getByText("One is set. Empty keeps it").waitFor();
    await page.getByRole("dialog").getByLabel("Password", { exact: true }).fill("password");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await row.getByRole("button", { name: "Test Own mail" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Test it" }).click();
    await page.getByRole("dialog").getByText("It works.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await row.getByRole("button", { name: "Delete Own mail" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete the provider" }).click();
    await page.getByText("No providers yet").waitFor();
  });

  pageTest("A message of a stranger waits for the platform's administrator, and nobody else", async (page) => {
    const { platform, carriers } = application();
    const text = "Who writes me from here?";
    await carriers("/sms/inbound", {
      method: "POST",
      body: JSON.stringify({ from: "+12125550166", to: "99998", text }),
    });
    await signIn(page, application(), { tenant: "platform", ...platform.secrets.platformAdmin });
    await goTo(page, "Held messages");
    const held = page.getByRole("table", { name: "Held messages" });
    await held.getByRole("row", { name: text }).waitFor();
    await assertAccessible(page);
    await held
      .getByRole("row", { name: text })
      .getByRole("button", { name: /^Remove the message/ })
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove it" }).click();
    await page.getByText("Nothing is held").waitFor();

    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await heading(page, "Sign in to Herald").waitFor();
    await signIn(page, application());
    await page.goto("/ui/held-messages");
    await page.getByText("only the platform’s administrators see them").waitFor();
    assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
  });

  pageTest("What sounds like a refusal waits for a decision, which a person makes", async (page) => {
    const { rest, carriers } = application();
    await rest.POST("/v1/senders:claim", { body: { sender: "+12125550187" } });
    for (const from of ["+12125550143", "+12125550144"]) {
      const message = { from, to: "+12125550187", text: "You have the wrong number" };
      await carriers("/sms/inbound", { method: "POST", body: JSON.stringify(message) });
    }
    await until("both are held", async () => {
      const query = { state: "OPT_OUT_STATE_PROVISIONAL" } as const;
      const { data } = await rest.GET("/v1/opt-outs", { params: { query } });
      return (data?.optOuts.length ?? 0) >= 2;
    });
    await signIn(page, application());
    await goTo(page, "Opt-outs");
    await page.getByRole("combobox", { name: "State" }).selectOption("OPT_OUT_STATE_PROVISIONAL");
    const table = page.getByRole("table", { name: "Opt-outs" });
    await table.getByRole("row", { name: "+12125550143" }).getByText("Waits for a decision").waitFor();
    await assertAccessible(page);
    await table.getByRole("button", { name: "Confirm the opt-out of +12125550143" }).click();
    await page.getByText("The opt-out is confirmed.").waitFor();
    await table.getByRole("button", { name: "End the opt-out of +12125550144" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Why" }).fill("They meant somebody else");
    await assertAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
    await page.getByText("The opt-out of +12125550144 has ended.").waitFor();
    await page.getByRole("combobox", { name: "State" }).selectOption("OPT_OUT_STATE_WITHDRAWN");
    await table.getByRole("row", { name: "They meant somebody else" }).waitFor();
  });

  pageTest(
    "An opt-out is taken back with a reason, which stays to be seen; the list of opt-outs cannot go",
    async (page) => {
      const { rest, carriers } = application();
      await rest.POST("/v1/senders:claim", { body: { sender: "+12125550189" } });
      const stop = { from: "+12125550145", to: "+12125550189", text: "STOP" };
      await carriers("/sms/inbound", { method: "POST", body: JSON.stringify(stop) });
      await until("the opt-out is kept", async () => {
        const { data } = await rest.GET("/v1/suppression-lists", {});
        return data?.suppressionLists.some(({ keepsOptOuts }) => keepsOptOuts) ?? false;
      });
      await signIn(page, application());
      await goTo(page, "Suppression");
      await page.getByRole("link", { name: "Opt-outs (all channels)" }).click();
      await page.getByText("Herald keeps this list itself").waitFor();
      for (const name of ["Import a file", "Settings", "Delete"]) {
        const offers = page
          .getByRole("button", { name, exact: true })
          .or(page.getByRole("link", { name, exact: true }));
        assert.equal(await offers.count(), 0, name);
      }
      await page.getByRole("button", { name: "Remove +12125550145" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Take it back" }).click();
      await dialog.getByText("A reason is needed.").waitFor();
      await dialog.getByRole("textbox", { name: "Why" }).fill("Consented again on the phone, 2 March");
      await dialog.getByRole("button", { name: "Take it back" }).click();
      await page.getByText("+12125550145 can be contacted again.").waitFor();
      await page.getByRole("tab", { name: "Corrections" }).click();
      const row = page.getByRole("table", { name: "Corrections" }).getByRole("row", { name: "+12125550145" });
      await row.getByRole("cell", { name: "Consented again on the phone, 2 March" }).waitFor();
      await assertAccessible(page);
    },
  );
}
