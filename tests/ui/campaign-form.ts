/** Fills in the form of a campaign, as tests need one. */
import type { Page } from "playwright-core";
import { heading } from "./steps.ts";

export const people = 240;

/** Opens the form of the campaign that is shown, changes it and saves. */
export async function edit(page: Page, change: () => Promise<void>): Promise<void> {
  await page.getByRole("link", { name: "Edit" }).click();
  await heading(page, /^Edit /).waitFor();
  await change();
  await page.getByRole("button", { name: "Save" }).click();
  await heading(page, /^Edit /).waitFor({ state: "detached" });
}

export async function fillCampaign(page: Page, name: string, list = "People of the campaign"): Promise<void> {
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
