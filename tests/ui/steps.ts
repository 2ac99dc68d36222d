/** What a person does in the application, step by step. */
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Application } from "./application.ts";

/** Signs in as the demo tenant's administrator, or as somebody else, and waits for the home page. */
export async function signIn(
  page: Page,
  { platform }: Application,
  { tenant, email, password } = platform.demo ?? { tenant: "", email: "", password: "" },
): Promise<void> {
  await page.goto("/ui/");
  await page.getByLabel("Tenant").fill(tenant);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await heading(page, "Home").waitFor();
}

/** The heading of a page. */
export const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

/** Goes to an area by the navigation. */
export async function goTo(page: Page, area: string): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: area }).click();
  await heading(page, area).waitFor();
}

/** The figure of that name, as a number. */
export async function stat(page: Page, name: string): Promise<number> {
  const figure = page.locator("dl > *", { has: page.locator("dt", { hasText: new RegExp(`^${name}$`) }) });
  const text = await figure.locator("dd").first().innerText();
  return Number(text.replaceAll(/\D/g, ""));
}

/** Chooses a file that is too large to be handed to the browser in one message. It lies on disk as long as the window is open. */
export async function chooseLargeFile(page: Page, name: string, text: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "herald-ui-file-"));
  page.once("close", () => rmSync(folder, { recursive: true, force: true }));
  await writeFile(join(folder, name), text);
  await page.locator("input[type=file]").setInputFiles(join(folder, name));
  await page.getByRole("table", { name: "Mapping of the columns" }).waitFor();
}

/** Waits until a condition on the page holds. */
export async function until(what: string, holds: () => Promise<boolean>, withinMs = 30_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Waited ${withinMs} ms in vain: ${what}.`);
}
