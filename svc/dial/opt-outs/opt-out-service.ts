/** The RPCs of OptOutService. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { type OptOut, OptOutScope, OptOutSource, type OptOutState } from "../../../gen/herald/dial/v1/opt_out.ts";
import type { OptOutServiceImplementation } from "../../../gen/herald/dial/v1/opt_out_service.ts";
import type { Now } from "../../lib/async/time.ts";
import { normaliseEmail } from "../../lib/devices/email.ts";
import { type RegionLookup, writtenDevice } from "../../lib/devices/written.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { newId, readId, readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { readPage } from "../../lib/request/page.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import { optOutPolicyChanged, programUnknown } from "../errors.ts";
import { findProgram } from "../programs/program-store.ts";
import { getOptOut, listOptOuts } from "./opt-out-store.ts";
import type { OptOuts, SaidNo } from "./opt-outs.ts";
import { readPolicy, updatePolicy } from "./policy-store.ts";

export interface OptOutServiceDeps {
  db: Database;
  optOuts: OptOuts;
  regionOf: (ctx: Pick<Ctx, "tenantId" | "requestId">) => RegionLookup;
  now: Now;
}

export const optOutService = ({
  db,
  optOuts,
  regionOf,
  now,
}: OptOutServiceDeps): Handlers<OptOutServiceImplementation> => ({
  async recordOptOut(req, ctx) {
    const requestId = readOptionalId(req.requestId, "request_id");
    const said = await readSaid(req.optOut, requestId ?? newId(), ctx, { regionOf: regionOf(ctx), now: now() });
    const optOut = await db.transaction(ctx.tenantId, async (tx) => {
      if (!(await findProgram(tx, said.programId, now()))) throw programUnknown(said.programId);
      return optOuts.record(tx, said);
    });
    if (optOut.contactInfo !== said.contactInfo || optOut.channel !== said.channel)
      throw invalidField("request_id", "It was that of another opt-out. Make a new id.");
    return { optOut };
  },

  async getOptOut(req, ctx) {
    return { optOut: await getOptOut(db.tenant(ctx.tenantId), readId(req.optOutId, "opt_out_id")) };
  },

  async listOptOuts(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const contactInfo = req.contactInfo === "" ? "" : await writtenDevice(req.contactInfo, regionOf(ctx));
    const filter = { state: Math.max(req.state, 0) as OptOutState, contactInfo };
    const { items, nextPageToken } = await listOptOuts(db.tenant(ctx.tenantId), filter, page);
    return { optOuts: items, nextPageToken };
  },

  async confirmOptOut(req, ctx) {
    const id = readId(req.optOutId, "opt_out_id");
    return { optOut: await db.transaction(ctx.tenantId, (tx) => optOuts.confirm(tx, id, callerOf(ctx))) };
  },

  async withdrawOptOut(req, ctx) {
    const id = readId(req.optOutId, "opt_out_id");
    const check = new Checks();
    const reason = check.text("reason", req.reason, { most: 200 });
    check.done();
    const withdrawal = { by: callerOf(ctx), reason };
    return { optOut: await db.transaction(ctx.tenantId, (tx) => optOuts.withdraw(tx, id, withdrawal)) };
  },

  async getOptOutPolicy(_req, ctx) {
    return { optOutPolicy: await readPolicy(db.tenant(ctx.tenantId)) };
  },

  async updateOptOutPolicy(req, ctx) {
    const { etag, set } = masked(req.optOutPolicy, req.updateMask, ["scope"]);
    const check = new Checks();
    check.that(isScope(set.scope), "opt_out_policy.scope", `Must be one of ${SCOPE_NAMES}.`);
    check.done();
    const version = readEtag(etag, "opt_out_policy.etag");
    const policy = await updatePolicy(db.tenant(ctx.tenantId), version, set.scope as OptOutScope, now());
    if (!policy) throw optOutPolicyChanged();
    return { optOutPolicy: policy };
  },
});

const callerOf = ({ caller }: Ctx): string => `${caller.kind} ${caller.id}`;

const SCOPES: readonly (OptOutScope | undefined)[] = [
  OptOutScope.OPT_OUT_SCOPE_PROGRAM_CHANNEL,
  OptOutScope.OPT_OUT_SCOPE_CHANNEL,
  OptOutScope.OPT_OUT_SCOPE_EVERYTHING,
  OptOutScope.OPT_OUT_SCOPE_PROGRAM,
];
const SCOPE_NAMES =
  "OPT_OUT_SCOPE_PROGRAM_CHANNEL, OPT_OUT_SCOPE_CHANNEL, OPT_OUT_SCOPE_EVERYTHING, OPT_OUT_SCOPE_PROGRAM";
const isScope = (scope: OptOutScope | undefined): boolean => SCOPES.includes(scope);

async function readSaid(
  given: OptOut | undefined,
  id: string,
  ctx: Ctx,
  { regionOf, now }: { regionOf: RegionLookup; now: Date },
): Promise<SaidNo> {
  const check = new Checks();
  check.that(given !== undefined, "opt_out", "Required.");
  check.done();
  const said = given as OptOut;
  const at = (field: string) => `opt_out.${field}`;
  check.chosen(at("channel"), said.channel);
  check.that(said.scope === 0 || isScope(said.scope), at("scope"), `Must be one of ${SCOPE_NAMES}, or left out.`);
  check.that(said.source >= 0, at("source"), "Not a source; leave it out for OPT_OUT_SOURCE_API.");
  const contactInfo = await readDevice(check, said, regionOf);
  const clientId = check.text(at("client_id"), said.clientId, { least: 0, most: 128 });
  const words = check.text(at("words"), said.words, { least: 0, most: 2_000, lines: true });
  const ownAddress = check.text(at("own_address"), said.ownAddress, { least: 0, most: 320 });
  const programId = check.id(at("program_id"), said.programId, { optional: true });
  const attemptId = check.id(at("attempt_id"), said.attemptId, { optional: true });
  const sayTime = said.sayTime ?? now;
  check.that(sayTime.getTime() <= now.getTime() + 60_000, at("say_time"), "Must not be in the future.");
  check.done();
  return {
    ...{ id, channel: said.channel, contactInfo, clientId, programId, words, ownAddress, sayTime, attemptId },
    source: said.source || OptOutSource.OPT_OUT_SOURCE_API,
    scope: said.scope,
    recordedBy: callerOf(ctx),
  };
}

const RIGHT_NUMBER =
  "Must be a phone number, with its country code unless it is one of the tenant's region: `+12125550123`.";

/** The form in which suppression lists keep it. */
async function readDevice(check: Checks, { channel, contactInfo }: OptOut, regionOf: RegionLookup): Promise<string> {
  const text = check.text("opt_out.contact_info", contactInfo, { most: 320 });
  if (text === "") return text;
  if (channel === Channel.CHANNEL_EMAIL) {
    const { address } = normaliseEmail(text);
    check.that(address !== undefined, "opt_out.contact_info", "Must be an email address: `ann@example.com`.");
    return address ?? text;
  }
  const number = await writtenDevice(text, regionOf);
  check.that(/^\+\d{7,15}$/.test(number), "opt_out.contact_info", RIGHT_NUMBER);
  return number;
}
