/** The RPCs of SessionService. */
import { SessionState } from "../../../gen/herald/dial/v1/session.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import type { SessionServiceImplementation } from "../../../gen/herald/dial/v1/session_service.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { Database, TenantQueryable } from "../../lib/postgres/db.ts";
import { dependencyUnavailable } from "../../lib/errors/errors.ts";
import { readId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import { pause } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import { sessionOpenedAgain } from "../errors.ts";
import { closeSession, findSession, getSession, listSessions, openSession } from "./session-store.ts";
import type { Sessions } from "./sessions.ts";

export interface SessionServiceDeps {
  db: Database;
  sessions: Sessions;
  /** Gives the sender that the group's provider has for it; throws PROVIDER_MISSING or PROVIDER_UNUSABLE when the group cannot be sent through it. */
  requireProvider: (tenantId: string, settings: DialingSettings) => Promise<string>;
  /** Claims the group's sender for its tenant; throws SENDER_TAKEN. */
  claimSender: (tenantId: string, settings: DialingSettings, usual: string) => Promise<void>;
  /** Makes every dialer look at once. */
  wake: () => Promise<void>;
}

const QUIET_EVERY_MS = 50;

export const sessionService = ({
  db,
  sessions,
  requireProvider,
  claimSender,
  wake,
}: SessionServiceDeps): Handlers<SessionServiceImplementation> => ({
  async listSessions(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const { items, nextPageToken } = await listSessions(db.tenant(ctx.tenantId), page);
    return { sessions: items, nextPageToken };
  },

  async getSession(req, ctx) {
    const groupId = readId(req.campaignGroupId, "campaign_group_id");
    return { session: await getSession(db.tenant(ctx.tenantId), groupId) };
  },

  async openSession(req, ctx) {
    const settings = readDialing(req.settings);
    const usual = await requireProvider(ctx.tenantId, settings);
    await claimSender(ctx.tenantId, settings, usual);
    const ours = db.tenant(ctx.tenantId);
    await openSession(ours, settings);
    await wake();
    return { session: await getSession(ours, settings.campaignGroupId) };
  },

  async closeSession(req, ctx) {
    const key = { tenantId: ctx.tenantId, groupId: readId(req.campaignGroupId, "campaign_group_id") };
    const version = await closeSession(db.tenant(ctx.tenantId), key.groupId);
    if (version !== undefined) await sessions.halt(key, version);
    await wake();
    return { session: await untilQuiet(db.tenant(ctx.tenantId), key.groupId, ctx) };
  },
});

function readDialing(settings: DialingSettings | undefined): DialingSettings {
  const check = new Checks();
  check.id("settings.campaign_group_id", settings?.campaignGroupId);
  check.that(
    [Channel.CHANNEL_VOICE, Channel.CHANNEL_SMS, Channel.CHANNEL_EMAIL].includes(settings?.channel as 1),
    "settings.channel",
    "Must be voice, SMS or email.",
  );
  check.done();
  return settings as DialingSettings;
}

/** Waits until the dialer that runs the session begins nothing more, so that the answer can promise it. */
async function untilQuiet(db: TenantQueryable, groupId: string, ctx: Ctx) {
  for (;;) {
    const found = await findSession(db, groupId);
    if (!found) return undefined;
    if (found.quiet) return found.session;
    if (found.session.state === SessionState.SESSION_STATE_OPEN) throw sessionOpenedAgain(groupId);
    if (ctx.signal.aborted || Date.now() > ctx.deadlineMs - QUIET_EVERY_MS)
      throw dependencyUnavailable("The dialer that runs this session");
    await pause(QUIET_EVERY_MS, ctx.signal);
  }
}
