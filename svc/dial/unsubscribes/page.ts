/** Writes the page to unsubscribe: plain HTML that works without script, on a phone, and for those who hear it. Pure. */
import { createHash } from "node:crypto";
import { type Language, LANGUAGES } from "./languages.ts";
import { PAGE_WORDS, type PageWords } from "./page-words.ts";

/** What the page says about a link. */
export type PageState =
  /** Nothing is stopped: it asks. */
  | "asks"
  | "program-stopped"
  /** All emails are stopped; other channels are not. */
  | "emails-stopped"
  | "everything-stopped"
  /** What was stopped is so no longer. */
  | "undone"
  /** It is no link of ours. */
  | "unknown";

export interface PageFacts {
  state: PageState;
  language: Language;
  /** The tenant's name; empty if it is not known. */
  name: string;
  /** What the emails are about; empty if it is not known. */
  program: string;
  /** `#1a5fb4`, or empty for the usual one. */
  color: string;
  mayUndo: boolean;
}

export interface Page {
  html: string;
  /** The headers that go with it. */
  headers: Readonly<Record<string, string>>;
}

/** The values of the form's buttons. */
export const CHOICES = { program: "program", everything: "everything", undo: "undo" } as const;

const USUAL_COLOR = "#1a5fb4";

export function writePage(facts: PageFacts): Page {
  const { language, state } = facts;
  const words = filled(PAGE_WORDS[language], facts);
  const style = styleOf(facts.color || USUAL_COLOR);
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${titleOf(state, words)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${titleOf(state, words)}</h1>
${contentOf(facts, words)}
</main>
${state === "unknown" ? "" : languageLinks(language, words)}
</body>
</html>
`;
  return { html, headers: headersFor(style) };
}

function titleOf(state: PageState, words: PageWords): string {
  if (state === "unknown") return words.unknownTitle;
  if (state === "undone") return words.undoneTitle;
  return state === "asks" ? words.title : words.stoppedTitle;
}

function contentOf({ state, mayUndo }: PageFacts, words: PageWords): string {
  const paragraph = (text: string) => `<p>${text}</p>`;
  const undo = mayUndo ? button(CHOICES.undo, words.undo, true) : "";
  const everything = button(CHOICES.everything, words.stopEverything, true) + paragraph(words.stopEverythingMeans);
  const program = button(CHOICES.program, words.stopProgram);
  switch (state) {
    case "unknown":
      return paragraph(words.unknown);
    case "asks":
      return paragraph(words.question) + form(program + everything);
    case "undone":
      return `<div role="status">${paragraph(words.undone)}</div>${form(program + everything)}`;
    case "program-stopped":
      return `<div role="status">${paragraph(words.stoppedProgram)}</div>${form(undo + everything)}`;
    case "emails-stopped":
      return `<div role="status">${paragraph(words.stoppedEmails)}</div>${form(undo + everything)}`;
    case "everything-stopped":
      return `<div role="status">${paragraph(words.stoppedEverything)}</div>${form(undo)}`;
  }
}

/** Goes to the address of the page itself. */
const form = (buttons: string) => (buttons === "" ? "" : `<form method="post">${buttons}</form>`);

const button = (choice: string, label: string, isQuiet = false) =>
  `<button name="choice" value="${choice}"${isQuiet ? ' class="quiet"' : ""}>${label}</button>`;

function languageLinks(current: Language, { languages }: PageWords): string {
  const links = LANGUAGES.map((language) => {
    const here = language === current ? ' aria-current="true"' : "";
    return `<a href="?lang=${language}" lang="${language}" hreflang="${language}"${here}>${PAGE_WORDS[language].language}</a>`;
  });
  return `<nav aria-label="${languages}">${links.join(" ")}</nav>`;
}

/** The words with the names in them, as HTML shows them. */
function filled(words: PageWords, { name, program }: PageFacts): PageWords {
  const names: Record<string, string> = { name: name || words.sender, program: program || words.program };
  const fill = (text: string) =>
    escapeHtml(text.replaceAll(/\{(name|program)\}/g, (_, key: string) => names[key] ?? ""));
  // Entries lose the names of their keys; they are those of `words`.
  return Object.fromEntries(
    Object.entries(words).map(([key, text]: [string, string]) => [key, fill(text)]),
  ) as unknown as PageWords;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");

/** Nothing is loaded, no script runs, nobody frames the page, and where people came from is told to nobody. */
const headersFor = (style: string): Page["headers"] => ({
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
});

const styleOf = (color: string) => `
:root { color-scheme: light dark; --ground: #fff; --text: #1a1a1a; --edge: #6b6b6b; }
@media (prefers-color-scheme: dark) { :root { --ground: #16181b; --text: #f1f1f1; --edge: #a0a0a0; } }
body { margin: 0; border-top: 8px solid ${color}; background: var(--ground); color: var(--text); font: 1.125rem/1.5 system-ui, sans-serif; }
main, nav { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1.25rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
form { margin-top: 1.5rem; }
button { display: block; width: 100%; min-height: 3rem; margin: 0 0 1rem; padding: .6rem 1rem; font: inherit; font-weight: 600; border: 2px solid ${color}; border-radius: .5rem; background: ${color}; color: ${textOn(color)}; cursor: pointer; }
button.quiet { background: transparent; color: inherit; border-color: var(--edge); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--text); outline-offset: 3px; }
nav a { display: inline-block; padding: .4rem .6rem .4rem 0; color: inherit; }
nav a[aria-current] { font-weight: 700; text-decoration: none; }
`;

/** Black or white, whichever is read more easily on this colour (WCAG): at least 4.5 to 1 on any. */
export function textOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(color.slice(at, at + 2), 16) / 255)) as [
    number,
    number,
    number,
  ];
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? "#fff" : "#000";
}

const linear = (part: number) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
