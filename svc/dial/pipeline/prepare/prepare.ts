/** Makes attempts ready to be asked about: whom they reach, in whose name, and with what. Asks nobody whether they may be made. */
import type { AttemptCheck } from "../../../../gen/herald/compliance/v1/attempt_check.ts";
import { type Attempt, checkOf, type Leased, planAttempt, type Refusal } from "../../attempts/attempt.ts";
import type { RenderAll } from "../../rendering/renderer.ts";
import { SenderRefused, type SenderClaims } from "../../senders/sender-claims.ts";
import type { SessionSettings } from "../../sessions/session-settings.ts";

export interface PrepareDeps {
  render: RenderAll;
  claims: SenderClaims;
}

/** An attempt, and what compliance is asked about it; or why it cannot be made, whatever compliance would say. */
export type PreparedAttempt =
  | { attempt: Attempt; check: AttemptCheck; refusal: undefined }
  | { attempt: Attempt; check: undefined; refusal: Refusal };

/** One for each piece of work, in their order. Throws SenderRefused or ContentUnusable where none of them can be made. */
export async function prepareAttempts(
  deps: PrepareDeps,
  works: readonly Leased[],
  settings: SessionSettings,
): Promise<PreparedAttempt[]> {
  await checkSender(deps, settings);
  const planned = works.map((work) => plan(work, settings));
  return settings.content ? addMessages(deps, works, planned, settings) : planned;
}

/** The session may have been opened before its sender was claimed. */
async function checkSender({ claims }: PrepareDeps, settings: SessionSettings): Promise<void> {
  const sender = await claims.ownSender(settings.tenantId, settings.channel, settings.ownAddress);
  const refusal = sender ? await claims.refusal(settings.tenantId, sender, settings.groupId) : "";
  if (refusal !== "") throw new SenderRefused(refusal);
}

function plan(leased: Leased, settings: SessionSettings): PreparedAttempt {
  const { attempt, device, refused } = planAttempt(leased, settings);
  const { record } = leased;
  if (!record || !device) return never(attempt, refused);
  return { attempt, check: checkOf(attempt, record, device, settings), refusal: undefined };
}

/** Puts in what each is sent; refuses those for whom there is no message. */
async function addMessages(
  { render }: PrepareDeps,
  works: readonly Leased[],
  planned: PreparedAttempt[],
  settings: SessionSettings,
): Promise<PreparedAttempt[]> {
  const records = works.flatMap(({ record }, i) => (record && planned[i]?.check ? [record] : []));
  if (records.length === 0) return planned;
  const rendered = (await render(settings, records)).values();
  return planned.map((one): PreparedAttempt => {
    if (!one.check) return one;
    const made = rendered.next().value;
    if (!made || !("message" in made)) return never(one.attempt, "content_invalid");
    return { ...one, attempt: { ...one.attempt, message: made.message } };
  });
}

/** It is not tried again by itself. */
const never = (attempt: Attempt, reason: string): PreparedAttempt => ({
  attempt,
  check: undefined,
  refusal: { reason, ruleId: "", earliestTime: undefined },
});
