/** Prepares attempts for the question to compliance: recipient, sender and message. Does not ask whether they may be made. */
import type { AttemptCheck } from "../../../../gen/herald/compliance/v1/attempt_check.ts";
import type { Attempt, AttemptRefusal } from "../../attempts/attempt.ts";
import { leaseNumberOf, recordOf, sessionGroupOf } from "../../attempts/origin.ts";
import type { RenderResult } from "../../rendering/job.ts";
import type { ContentRenderer, NamedContent } from "../../rendering/renderer.ts";
import type { Contents } from "../../templates/contents.ts";
import { SenderRefusedError, type SenderClaims } from "../../senders/sender-claims.ts";
import type { SessionSettings } from "../../sessions/session-settings.ts";
import { type UnsubscribeLinks, withLink } from "../../unsubscribes/links.ts";
import type { Recipient, Work } from "../source/work-source.ts";

export interface PrepareDeps {
  contents: Contents;
  render: ContentRenderer;
  claims: Pick<SenderClaims, "ownSender" | "refusal">;
  links: Pick<UnsubscribeLinks, "makerFor" | "example">;
}

/** An attempt and the check that compliance gets; or the reason why it cannot be made, whether compliance would allow it or not. */
export type PreparedAttempt =
  | { attempt: Attempt; check: AttemptCheck; refusal: undefined }
  | { attempt: Attempt; check: undefined; refusal: AttemptRefusal; explanation: string };

/** Prepares one attempt for each piece of work, in order. Throws SenderRefusedError or UnusableContentError when none can be made. */
export async function prepareAttempts(
  deps: PrepareDeps,
  works: readonly Work[],
  settings: SessionSettings,
): Promise<PreparedAttempt[]> {
  await checkSender(deps, settings);
  const planned = works.map((work) => plan(work, settings));
  if (!settings.content) return planned;
  const content = await deps.contents.find({ ...settings, source: settings.content });
  return addMessages(deps, works, planned, { ...settings, ...content });
}

/** Checked for each batch, since another tenant may have claimed the sender after the session was opened. */
async function checkSender({ claims }: PrepareDeps, settings: SessionSettings): Promise<void> {
  const sender = await claims.ownSender(settings.tenantId, settings.channel, settings.ownAddress);
  const refusal = sender ? await claims.refusal(settings.tenantId, sender, settings.groupId) : "";
  if (refusal !== "") throw new SenderRefusedError(refusal);
}

function plan({ attemptId, origin, clientId, recipient, missing }: Work, settings: SessionSettings): PreparedAttempt {
  const attempt: Attempt = {
    tenantId: settings.tenantId,
    id: attemptId,
    origin,
    clientId,
    firstName: recipient?.firstName ?? "",
    lastName: recipient?.lastName ?? "",
    channel: settings.channel,
    contactInfo: recipient?.contactInfo ?? "",
    ownAddress: settings.ownAddress,
    route: settings.route,
    message: undefined,
    unsubscribeUrl: "",
  };
  if (!recipient) return never(attempt, missing);
  return { attempt, check: checkOf(attempt, recipient, settings), refusal: undefined };
}

/** The check that compliance gets. A test message names no campaign, since one that does not run yet would be refused for that. */
const checkOf = (
  { id: attemptId, origin, channel, clientId }: Attempt,
  { contactInfo, zones, zoneIsCertain, state, country }: Recipient,
  { suppressionListIds, ruleIds, programId }: SessionSettings,
): AttemptCheck => ({
  attemptId,
  channel,
  contactInfo,
  clientId,
  campaignGroupId: sessionGroupOf(origin) ?? "",
  recordId: recordOf(origin) ?? "",
  leaseNumber: leaseNumberOf(origin),
  zones,
  zoneIsCertain,
  state,
  country,
  suppressionListIds,
  ruleIds,
  programId,
  isAnswer: false,
});

/** Adds the message of each attempt, and refuses attempts whose message cannot be made. */
async function addMessages(
  { render, links }: PrepareDeps,
  works: readonly Work[],
  planned: PreparedAttempt[],
  settings: SessionSettings & NamedContent,
): Promise<PreparedAttempt[]> {
  const linkTo = await links.makerFor(settings);
  const urls = works.map(({ attemptId, recipient }) => (recipient && linkTo?.(attemptId, recipient.contactInfo)) ?? "");
  const scopes = works.flatMap(({ recipient }, i) => (recipient ? [withLink(recipient.scope, urls[i])] : []));
  if (scopes.length === 0) return planned;
  const rendered = (await render(settings, scopes)).values();
  return planned.map((one, i): PreparedAttempt => {
    if (!one.check) return one;
    const made: RenderResult = rendered.next().value ?? { invalid: "" };
    if ("invalid" in made) return never(one.attempt, made.missing ? "value_missing" : "content_invalid", made.invalid);
    const unsubscribeUrl = (settings.isMarketing && urls[i]) || "";
    return { ...one, attempt: { ...one.attempt, message: made.message, unsubscribeUrl } };
  });
}

/** A refusal without an earliest time: the attempt is not tried again by itself. */
const never = (attempt: Attempt, reason: string, explanation = ""): PreparedAttempt => ({
  attempt,
  check: undefined,
  refusal: { reason, ruleId: "", earliestTime: undefined },
  explanation,
});
