/** Finds in an email what may keep people from reading it. Pure. */
import { Parser } from "htmlparser2";
import type { EmailWarning } from "../../../gen/herald/dial/v1/message_template.ts";
import { visible } from "../../lib/devices/text.ts";
import type { Message } from "./content.ts";

/** Gmail shows no more of a message. */
const CLIPPED_BYTES = 102 * 1_024;
/** Words for unsubscribing in the languages that opt-outs are understood in, as they stand in links. */
const UNSUBSCRIBE =
  /unsubscri|opt-?out|abmeld|abbestell|d[ée]sabonn|d[ée]sinscri|darse de baja|cancel|disiscri|descadastr|uitschrijv|afmeld|avregistr|wypis|odhlás|отпис|отказ|退订|配信停止|수신거부|إلغاء/i;

interface EmailFacts {
  images: number;
  imagesWithoutAlt: number;
  plainLinks: number;
  emptyLinks: number;
  activeElements: number;
  hasWords: boolean;
  hasUnsubscribe: boolean;
}

const ACTIVE = new Set(["script", "form", "iframe", "object", "embed", "video", "audio"]);
const UNSEEN = new Set(["script", "style", "title", "head"]);

export function emailWarnings(
  { subject, text, html }: Message,
  { isMarketing }: { isMarketing: boolean },
): EmailWarning[] {
  const facts = factsOf(html);
  const hasUnsubscribe = facts.hasUnsubscribe || (html === "" && UNSUBSCRIBE.test(text));
  const htmlBytes = Buffer.byteLength(html);
  const warning = (kind: string, count: number, explanation: string) =>
    count > 0 ? [{ kind, count, explanation }] : [];
  return [
    ...warning("no_subject", subject === "" ? 1 : 0, "The subject is empty. Say what the message is about."),
    ...warning(
      "html_too_large",
      htmlBytes > CLIPPED_BYTES ? 1 : 0,
      `The HTML has ${Math.ceil(htmlBytes / 1_024)} KB. Mail programs clip what is over 102 KB, with the link to unsubscribe at its end.`,
    ),
    ...warning(
      "image_without_alt",
      facts.imagesWithoutAlt,
      'Many people see no images at first. Say in alt="…" what they show, or alt="" for decoration.',
    ),
    ...warning(
      "only_images",
      html !== "" && facts.images > 0 && !facts.hasWords ? 1 : 0,
      "There are images and no words. Filters take that for spam, and without images nothing can be read.",
    ),
    ...warning("link_not_https", facts.plainLinks, "Links should begin with https://."),
    ...warning("link_empty", facts.emptyLinks, "A link leads nowhere. Its value may be missing in this record."),
    ...warning("form_or_script", facts.activeElements, "Mail programs remove forms, scripts, frames and players."),
    ...warning(
      "no_unsubscribe",
      isMarketing && !hasUnsubscribe ? 1 : 0,
      "Marketing needs a way to unsubscribe in the message. Add a link, or set another purpose.",
    ),
  ];
}

/** Reads the HTML once, from its first to its last character. */
function factsOf(html: string): EmailFacts {
  const facts: EmailFacts = {
    ...{ images: 0, imagesWithoutAlt: 0, plainLinks: 0, emptyLinks: 0, activeElements: 0 },
    ...{ hasWords: false, hasUnsubscribe: false },
  };
  let unseen = 0;
  let inLink = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (UNSEEN.has(name)) unseen += 1;
      if (ACTIVE.has(name)) facts.activeElements += 1;
      if (name === "img") readImage(facts, attributes);
      if (name === "a") {
        inLink += 1;
        readLink(facts, attributes["href"]);
      }
    },
    ontext(text) {
      if (unseen > 0) return;
      if (!facts.hasWords && visible(text).trim() !== "") facts.hasWords = true;
      if (inLink > 0 && UNSUBSCRIBE.test(text)) facts.hasUnsubscribe = true;
    },
    onclosetag(name) {
      if (UNSEEN.has(name)) unseen -= 1;
      if (name === "a") inLink -= 1;
    },
  });
  parser.end(html);
  return facts;
}

function readImage(facts: EmailFacts, { alt }: Record<string, string>): void {
  facts.images += 1;
  if (alt === undefined) facts.imagesWithoutAlt += 1;
}

function readLink(facts: EmailFacts, href: string | undefined): void {
  if (href === undefined) return;
  const address = href.trim();
  if (address === "" || address === "#") facts.emptyLinks += 1;
  if (/^http:/i.test(address)) facts.plainLinks += 1;
  if (UNSUBSCRIBE.test(address)) facts.hasUnsubscribe = true;
}
