/** The built web application in real Chromium, before a whole platform that all tests of one file share. */
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { buildUi } from "../../deploy/local/ui-build.ts";
import { ensureChromium } from "../../tools/chromium.ts";
import { allowAtOnce } from "../journeys/journey.ts";
import { cleanup, type Owner } from "../lib/cleanup.ts";
import { type BootedPlatform, bootPlatform, restClient, signIn } from "../lib/platform.ts";

// As root Chromium needs --no-sandbox; the others keep it from looking for its maker's servers.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const longestWaitMs = 15_000;

/** What the tests of one file share; it is closed after the last of them. */
export interface Application extends BootedPlatform {
  browser: Browser;
}

/** One test in a window of its own. It also fails when the page complains: an error in the console, a refused script. */
export type PageTest = (name: string, run: (page: Page) => Promise<void>, options?: BrowserContextOptions) => void;

/** Starts platform and browser, and gives the tests their way in. Without a Chromium they are skipped, with the reason. */
export async function openApplication(): Promise<{ application: () => Application; pageTest: PageTest }> {
  const found = await ensureChromium(() => {});
  if ("missing" in found) {
    const skip = `no Chromium: ${found.missing}`;
    return { application: unopened, pageTest: (name) => void test(name, { skip }, () => {}) };
  }
  const file: Owner = { after };
  await buildUi();
  const browser = await openBrowser(file, found.path);
  const opened: Application = { ...(await bootPlatform(file)), browser };
  // Tests of one file write to the same people, one soon after the other.
  await allowAtOnce(opened);
  return {
    application: () => opened,
    pageTest: (name, run, options) =>
      void test(name, async () => {
        await signInAnew(opened);
        await runInWindow(opened, name, run, options);
      }),
  };
}

/** Each test signs in, and a user has a limited number of sessions: the one of the beginning would end in the middle. */
async function signInAnew(opened: Application): Promise<void> {
  const { edgeUrl, demo } = opened.platform;
  if (!demo) throw new Error("The demo tenant is missing.");
  opened.token = await signIn(edgeUrl, demo);
  opened.rest = restClient(edgeUrl, opened.token);
}

function unopened(): never {
  throw new Error("There is no Chromium, so the application was not opened.");
}

async function openBrowser(file: Owner, executablePath: string): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: flags });
  cleanup(file, () => browser.close());
  return browser;
}

async function runInWindow(
  { browser, platform }: Application,
  name: string,
  run: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({ baseURL: platform.edgeUrl, locale: "en-GB", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(longestWaitMs);
  const complaints = listenToComplaints(page);
  try {
    await run(page);
    assert.deepEqual(complaints, [], "the page complained in its console");
  } catch (error) {
    const picture = join(tmpdir(), `herald-ui-${name.replaceAll(/\W+/g, "-").slice(0, 60)}.png`);
    await page.screenshot({ path: picture, fullPage: true }).catch(() => {});
    console.log(`# ${page.url()}: see ${picture}${complaints.map((words) => `\n#   ${words}`).join("")}`);
    throw error;
  } finally {
    await context.close();
  }
}

// A refused call is part of several tests, and the browser reports each as an error; all else is a fault of the page.
const isRefusedCall = (words: string): boolean => words.startsWith("Failed to load resource");

function listenToComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    const words = message.text();
    if (message.type() === "error" && !isRefusedCall(words)) complaints.push(words);
  });
  return complaints;
}
