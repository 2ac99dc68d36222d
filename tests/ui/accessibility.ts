/** Looks at a page as those do who hear it or see it badly. Each fault is one line. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** Fails with every fault of the page as it is now. */
export async function assertAccessible(page: Page): Promise<void> {
  // Colours fade in; what is looked at is where they end.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  const faults = [...(await page.evaluate(structureFaults)), ...(await page.evaluate(contrastFaults))];
  assert.deepEqual(faults, [], `faults of ${page.url()}`);
}

/** Runs in the page: landmarks, headings, names of controls, ids. */
function structureFaults(): string[] {
  const faults: string[] = [];
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  const isShown = (element: HTMLElement) => element.checkVisibility({ visibilityProperty: true });
  const describe = (element: HTMLElement) => element.outerHTML.slice(0, 140);
  const textOfIds = (ids: string) =>
    ids
      .split(/\s+/)
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" ");
  const nameOf = (element: HTMLElement): string =>
    [
      element.getAttribute("aria-label"),
      textOfIds(element.getAttribute("aria-labelledby") ?? ""),
      ...[...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent),
      element.textContent,
      element.getAttribute("title"),
      ...[...element.querySelectorAll("img")].map((image) => image.alt),
    ]
      .join(" ")
      .trim();

  if (!document.documentElement.lang) faults.push("the document names no language");
  if (document.title === "") faults.push("the document has no title");
  if (all("main").length !== 1) faults.push(`there are ${all("main").length} main parts`);
  const headings = all("h1").filter(isShown);
  if (headings.length !== 1) faults.push(`there are ${headings.length} headings of the first level`);
  for (const element of all(
    "a[href], button, input:not([type=hidden]), select, textarea, [role=tab], [role=combobox]",
  )) {
    if (isShown(element) && !element.closest("[aria-hidden=true]") && nameOf(element) === "")
      faults.push(`no name: ${describe(element)}`);
  }
  for (const element of all("img:not([alt]), iframe:not([title])")) faults.push(`no words for: ${describe(element)}`);
  for (const table of all("table")) if (nameOf(table) === "") faults.push(`no name: ${describe(table)}`);
  const ids = all("[id]").map(({ id }) => id);
  for (const id of new Set(ids.filter((one, place) => ids.indexOf(one) !== place)))
    faults.push(`two things have the id ${id}`);
  return faults;
}

/** Runs in the page: text whose contrast with its ground is below 4.5, or 3 where it is large (WCAG AA). */
function contrastFaults(): string[] {
  type Colour = [red: number, green: number, blue: number, opacity: number];
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!canvas) return ["colours cannot be read"];
  const read = (colour: string): Colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, opacity = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, opacity / 255];
  };
  const over = (top: Colour, ground: Colour): Colour => {
    const mix = (place: 0 | 1 | 2) => top[place] * top[3] + ground[place] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const groundOf = (element: Element | null): Colour => {
    if (!element) return read(getComputedStyle(document.documentElement).colorScheme === "dark" ? "#000" : "#fff");
    const own = read(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, groundOf(element.parentElement));
  };
  const light = ([red, green, blue]: Colour): number => {
    const linear = (part: number) =>
      part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const contrast = (one: Colour, other: Colour): number => {
    const [darker = 0, lighter = 0] = [light(one), light(other)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  };

  const faults: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const words = texts.currentNode.textContent?.trim();
    if (!element || !words || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (
      element.closest(
        "[disabled], [data-disabled], [aria-disabled=true], [aria-hidden=true], svg, script, style, option",
      )
    )
      continue;
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const found = contrast(over(read(style.color), ground), ground);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (found < (isLarge ? 3 : 4.5))
      faults.push(`contrast ${found.toFixed(2)} of “${words.slice(0, 40)}” (${style.color})`);
  }
  return faults;
}
