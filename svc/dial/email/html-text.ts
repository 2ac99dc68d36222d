/** The words of an HTML message without its marks, in a time that grows with the length alone. Pure. */

/** What stands between these is for the mail program, not for people. */
const UNSEEN = /<(style|script)(?![\w-])/giy;
const ENDS = { style: /<\/style\s*>/gi, script: /<\/script\s*>/gi };

export function wordsOfHtml(html: string): string {
  let words = "";
  const missing = new Set<string>();
  for (let at = 0; at < html.length;) {
    const begin = html.indexOf("<", at);
    if (begin < 0) return tidy(words + html.slice(at));
    words += `${html.slice(at, begin)} `;
    const end = unseenEnd(html, begin, missing) ?? html.indexOf(">", begin) + 1;
    // A mark that never ends is none.
    if (end === 0) return tidy(words + html.slice(begin));
    at = end;
  }
  return tidy(words);
}

/** Where a style or script that begins here ends; those whose end is missing are not looked for again. */
function unseenEnd(html: string, begin: number, missing: Set<string>): number | undefined {
  UNSEEN.lastIndex = begin;
  const name = UNSEEN.exec(html)?.[1]?.toLowerCase() as keyof typeof ENDS | undefined;
  if (!name || missing.has(name)) return undefined;
  const end = ENDS[name];
  end.lastIndex = begin;
  if (end.test(html)) return end.lastIndex;
  missing.add(name);
  return undefined;
}

const tidy = (text: string) => text.replaceAll(/\s+/g, " ").trim();
