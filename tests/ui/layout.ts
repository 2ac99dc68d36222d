/** Looks at a page as those do whose window is narrow, or whose data is long. Runs in the page; each fault is one line. */
import type { Page } from "playwright-core";

/** What of the page as it is now is wider than its place, or broken into pieces too small to read. */
export const layoutFaults = (page: Page): Promise<string[]> => page.evaluate(findFaults);

function findFaults(): string[] {
  const fewestLetters = 6;
  const faults: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    faults.push(`the page is ${root.scrollWidth - root.clientWidth} px wider than the window`);
  for (const table of document.querySelectorAll<HTMLElement>(".rows-table")) {
    if (table.scrollWidth > table.clientWidth + 1)
      faults.push(`a table is ${table.scrollWidth - table.clientWidth} px wider than its place`);
  }

  /** Where what stands out of it is cut off or scrolled to, it has not burst its place. */
  const isContained = (element: Element | null): boolean => {
    for (let one = element; one; one = one.parentElement)
      if (one !== document.body && /auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX)) return true;
    return false;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const words = texts.currentNode.textContent?.trim() ?? "";
    if (!element || words === "" || element.closest("script, style, option, select, textarea, title, thead")) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const lines = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    const right = Math.max(0, ...lines.map((line) => line.right));
    const place = element.closest(".card, td, dd, [role=dialog]");
    const room = Math.min(root.clientWidth, place?.getBoundingClientRect().right ?? root.clientWidth);
    if (right > room + 1 && !isContained(element))
      faults.push(`${Math.round(right - room)} px too wide: “${words.slice(0, 40)}”`);
    const tops = new Set(lines.map(({ top }) => Math.round(top))).size;
    if (tops > 2 && words.length / tops < fewestLetters)
      faults.push(`${words.length} letters on ${tops} lines: “${words.slice(0, 40)}”`);
  }
  return faults;
}
