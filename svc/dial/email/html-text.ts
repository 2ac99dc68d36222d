/** The words of an HTML message without its markup. Pure; the time it takes grows linearly with the length. */

/** The content of these elements is for the mail program, not for people. */
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
    // A tag that never ends is no tag.
    if (end === 0) return tidy(words + html.slice(begin));
    at = end;
  }
  return tidy(words);
}

/** The end of a style or script that begins here. If the end of one is missing, it is not searched again. */
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
