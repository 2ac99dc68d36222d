/** Makes the plain part of an email from its HTML: paragraphs, lists and addresses of links are kept. Pure. */
import { compile } from "html-to-text";

/** The longest plain part of an email. */
const MOST_TEXT = 65_536;

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: MOST_TEXT * 8, maxDepth: 200, ellipsis: "" },
  selectors: [
    { selector: "a", options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
    { selector: "img", format: "skip" },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

export const plainPart = (html: string): string => convert(html).slice(0, MOST_TEXT).trim();
