/** SQL of sessions. RPCs open and close them, one dialer at a time owns each, and people look at them. */
import { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import { type Session, SessionState } from "../../../gen/herald/dial/v1/session.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { sessionNotFound } from "../errors.ts";

export interface SessionKey {
  tenantId: string;
  groupId: string;
}

/** A session as a dialer takes it over. */
export interface OwnedSession extends SessionKey {
  state: SessionState;
  version: number;
  settings: DialingSettings;
  /** How many dialers in a row died while they worked on it. */
  crashes: number;
  /** It is set aside: nothing is dialed until somebody resumes its group. */
  isSetAside: boolean;
}

/** What the owner saw last. */
export interface SessionStatus {
  attemptsLastMinute: number;
  agents: number;
  agentsReady: number;
  stall: string;
  stallExplanation: string;
}

interface SessionRow {
  tenant_id: string;
  campaign_group_id: string;
  channel: Channel;
  state: SessionState;
  settings: unknown;
  version: number;
  attempts_last_minute: number;
  agents: number;
  agents_ready: number;
  stall: string;
  stall_explanation: string;
  live_answers: string;
  abandoned: string;
  create_time: Date;
  crashes: number;
  set_aside_time: Date | null;
  in_flight: number;
}

const { SESSION_STATE_CLOSED: CLOSED, SESSION_STATE_CLOSING: CLOSING, SESSION_STATE_OPEN: OPEN } = SessionState;

/** Whoever listens to it looks after the sessions at once. */
export const SESSIONS_CHANNEL = "dial_sessions";

/** An owner renews every second. One that has not renewed for so long is gone or in trouble. */
const MISSED_SECONDS = 3;

/** Counts go up to this limit; beyond it, nobody needs the exact number. */
const SHOWN = `s.*, (select count(*)::int from (select from dial.open_attempts o
  where o.tenant_id = s.tenant_id and o.campaign_group_id = s.campaign_group_id limit 1000000) as open) as in_flight`;

/**
 * Opens a session, or gives an open one new settings. If it was closed, its counts start again at zero. A session that was set aside goes
 * on if its group was changed or resumed since, which its etag shows.
 */
export async function openSession(db: TenantQueryable, settings: DialingSettings): Promise<void> {
  await db.query(
    `insert into dial.sessions as s (tenant_id, campaign_group_id, channel, state, settings) values ($1, $2, $3, ${OPEN}, $4)
     on conflict (tenant_id, campaign_group_id) do update
        set state = ${OPEN}, settings = excluded.settings, channel = excluded.channel, version = s.version + 1, quiet = false,
            create_time = case when s.state = ${CLOSED} then now() else s.create_time end,
            crashes = case when s.settings->'etag' is distinct from excluded.settings->'etag' then 0 else s.crashes end,
            set_aside_time = case when s.settings->'etag' is distinct from excluded.settings->'etag' then null else s.set_aside_time end,
            live_answers = case when s.state = ${CLOSED} then 0 else s.live_answers end,
            abandoned = case when s.state = ${CLOSED} then 0 else s.abandoned end`,
    [db.tenantId, settings.campaignGroupId, settings.channel, JSON.stringify(DialingSettings.toJSON(settings))],
  );
}

/** Has the owners of open sessions look up the newest version of a message template, as if their groups had got new settings. */
export async function renewTemplate(tx: TenantQueryable, templateId: string): Promise<void> {
  await tx.query(
    `update dial.sessions set version = version + 1
      where tenant_id = $1 and state = ${OPEN} and settings -> 'content' ->> 'messageTemplateId' = $2
        and coalesce((settings -> 'content' ->> 'messageTemplateVersion')::int, 0) = 0`,
    [tx.tenantId, templateId],
  );
  await tx.query("select pg_notify($1, '')", [SESSIONS_CHANNEL]);
}

/** Begins to close a session. Without an owner it is quiet at once. Gives the version that is closing; undefined when none is open. */
export async function closeSession(db: TenantQueryable, groupId: string): Promise<number | undefined> {
  const { rows } = await db.query<{ version: number }>(
    `update dial.sessions set state = ${CLOSING}, version = version + 1, quiet = (owner_until < now())
      where tenant_id = $1 and campaign_group_id = $2 and state = ${OPEN}
    returning version`,
    [db.tenantId, groupId],
  );
  return rows[0]?.version;
}

/** Notes that nothing more will begin in these sessions, if they are still closing. */
export async function markQuiet(db: TenantQueryable, groupId: string, owner: string): Promise<void> {
  await db.query(
    `update dial.sessions set quiet = true where tenant_id = $1 and campaign_group_id = $2 and state = ${CLOSING} and owner = $3`,
    [db.tenantId, groupId, owner],
  );
}

/** The session of a group in any state; undefined when there never was one. `quiet` means that nothing more begins in it. */
export async function findSession(
  db: TenantQueryable,
  groupId: string,
): Promise<{ session: Session; quiet: boolean } | undefined> {
  const text = `select ${SHOWN}, (s.quiet or s.state = ${CLOSED} or s.owner_until < now()) as nothing_begins from dial.sessions s where s.tenant_id = $1 and s.campaign_group_id = $2`;
  const [row] = (await db.query<SessionRow & { nothing_begins: boolean }>(text, [db.tenantId, groupId])).rows;
  return row && { session: toSession(row), quiet: row.nothing_begins };
}

export async function getSession(db: TenantQueryable, groupId: string): Promise<Session> {
  const found = await findSession(db, groupId);
  if (!found || found.session.state === CLOSED) throw sessionNotFound(groupId);
  return found.session;
}

/** One page of the sessions that are not closed, newest first. */
export async function listSessions(
  db: TenantQueryable,
  page: Page,
): Promise<{ items: Session[]; nextPageToken: string }> {
  const text = `select ${SHOWN} from dial.sessions s
     where s.tenant_id = $1 and s.state <> ${CLOSED}
       and ($2::timestamptz is null or (s.create_time, s.campaign_group_id) < ($2, $3::uuid))
     order by s.create_time desc, s.campaign_group_id desc limit $4`;
  const { rows } = await db.query<SessionRow>(text, [
    db.tenantId,
    page.after?.[0] ?? null,
    page.after?.[1] ?? null,
    page.limit,
  ]);
  return pageOf(page, rows, (row) => [row.create_time.toISOString(), row.campaign_group_id], toSession);
}

/**
 * Takes up to `limit` sessions that no dialer owns. If the last owner died while it worked on one, it is a suspect, and after
 * `mostCrashes` such deaths in a row it is set aside. Sessions of this dialer's earlier start are taken after a few missed renewals, not
 * at once, so that two dialers with the same name by mistake do not take sessions from each other.
 */
export async function takeSessions(
  db: Queryable,
  owner: string,
  leaseSeconds: number,
  limit: number,
  mostCrashes: number,
): Promise<OwnedSession[]> {
  const text = `
    update dial.sessions s set owner = $1, owner_until = now() + $2 * interval '1 second', working_since = null,
           crashes = s.crashes + case when s.working_since is null then 0 else 1 end,
           set_aside_time = case when s.working_since is not null and s.crashes + 1 >= $4 then coalesce(s.set_aside_time, now()) else s.set_aside_time end
     where (s.tenant_id, s.campaign_group_id) in (
       select tenant_id, campaign_group_id from dial.sessions
        where state <> ${CLOSED} and (owner_until < now() or (
          owner <> $1 and split_part(owner, '/', 1) = split_part($1, '/', 1) and owner_until < now() + ($2 - ${MISSED_SECONDS}) * interval '1 second'))
        order by owner_until limit $3 for update skip locked)
    returning s.*`;
  const { rows } = await db.query<SessionRow>({ name: "take_sessions", text }, [
    owner,
    leaseSeconds,
    limit,
    mostCrashes,
  ]);
  return rows.map(toOwned);
}

/** A session that this dialer still owns, with its settings only if they changed. */
export type RenewedSession = Omit<OwnedSession, "settings"> & { settings: DialingSettings | undefined };

/** Renews the sessions that this dialer still owns and stores what it sees of them. Gives these sessions. */
export async function renewSessions(
  db: Queryable,
  owner: string,
  leaseSeconds: number,
  held: readonly (SessionKey & SessionStatus & { version: number })[],
): Promise<RenewedSession[]> {
  const text = `
    update dial.sessions s
       set owner_until = now() + $2 * interval '1 second', attempts_last_minute = h.last_minute, agents = h.agents, agents_ready = h.ready,
           stall = h.stall, stall_explanation = h.explanation
      from unnest($3::uuid[], $4::uuid[], $5::int[], $6::int[], $7::int[], $8::text[], $9::text[], $10::int[])
         as h (tenant_id, group_id, last_minute, agents, ready, stall, explanation, version)
     where s.tenant_id = h.tenant_id and s.campaign_group_id = h.group_id and s.owner = $1 and s.state <> ${CLOSED}
    returning s.tenant_id, s.campaign_group_id, s.state, s.version, s.crashes, s.set_aside_time, case when s.version <> h.version then s.settings end as settings`;
  const column = <T>(read: (one: (typeof held)[number]) => T) => held.map(read);
  const { rows } = await db.query<SessionRow>({ name: "renew_sessions", text }, [
    owner,
    leaseSeconds,
    column((one) => one.tenantId),
    column((one) => one.groupId),
    column((one) => one.attemptsLastMinute),
    column((one) => one.agents),
    column((one) => one.agentsReady),
    column((one) => one.stall),
    column((one) => one.stallExplanation),
    column((one) => one.version),
  ]);
  return rows.map((row) => ({
    ...keyOf(row),
    ...stateOf(row),
    settings: row.settings === null ? undefined : DialingSettings.fromJSON(row.settings),
  }));
}

/** Releases sessions at once, so that another dialer need not wait for the lease to end. */
export async function releaseSessions(db: Queryable, owner: string): Promise<void> {
  await db.query(
    `update dial.sessions set owner = '', owner_until = '-infinity', attempts_last_minute = 0, working_since = null where owner = $1`,
    [owner],
  );
}

const OURS = "where tenant_id = $1 and campaign_group_id = $2 and owner = $3";

/** Notes that attempts of a session are being made: if its owner dies now, that may be the cause. */
export async function markWorking(db: TenantQueryable, groupId: string, owner: string): Promise<void> {
  const text = `update dial.sessions set working_since = now() ${OURS}`;
  await db.query({ name: "mark_working", text }, [db.tenantId, groupId, owner]);
}

/** Notes that no work of a session is running that could end its owner. */
export async function markIdle(db: TenantQueryable, groupId: string, owner: string): Promise<void> {
  await db.query(`update dial.sessions set working_since = null ${OURS}`, [db.tenantId, groupId, owner]);
}

/** The same, and clears the suspicion: it has been worked on for so long that earlier deaths had another cause. */
export async function clearCrashes(db: TenantQueryable, groupId: string, owner: string): Promise<void> {
  await db.query(`update dial.sessions set working_since = null, crashes = 0 ${OURS}`, [db.tenantId, groupId, owner]);
}

/** Closes a closing session that has no open attempt. Gives whether it is closed. */
export async function finishClosing(db: TenantQueryable, groupId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update dial.sessions s set state = ${CLOSED}, owner = '', owner_until = '-infinity', attempts_last_minute = 0, agents_ready = 0, stall = '', stall_explanation = '',
           working_since = null, crashes = 0, set_aside_time = null
      where s.tenant_id = $1 and s.campaign_group_id = $2 and s.state = ${CLOSING}
        and not exists (select from dial.open_attempts o where o.tenant_id = $1 and o.campaign_group_id = $2)`,
    [db.tenantId, groupId],
  );
  return rowCount === 1;
}

/** Adds to a session's counts of people who answered. */
export async function addToCounters(
  db: TenantQueryable,
  groupId: string,
  liveAnswers: number,
  abandoned: number,
): Promise<void> {
  await db.query(
    `update dial.sessions set live_answers = live_answers + $3, abandoned = abandoned + $4 where tenant_id = $1 and campaign_group_id = $2`,
    [db.tenantId, groupId, liveAnswers, abandoned],
  );
}

const keyOf = (row: SessionRow): SessionKey => ({ tenantId: row.tenant_id, groupId: row.campaign_group_id });

const stateOf = ({ state, version, crashes, set_aside_time }: SessionRow) => ({
  state,
  version,
  crashes,
  isSetAside: set_aside_time !== null,
});

const toOwned = (row: SessionRow): OwnedSession => ({
  ...keyOf(row),
  ...stateOf(row),
  settings: DialingSettings.fromJSON(row.settings),
});

const toSession = (row: SessionRow): Session => ({
  campaignGroupId: row.campaign_group_id,
  channel: row.channel,
  state: row.state,
  inFlight: row.in_flight,
  attemptsLastMinute: row.attempts_last_minute,
  agents: row.agents,
  agentsReady: row.agents_ready,
  stall: row.stall,
  stallExplanation: row.stall_explanation,
  liveAnswers: Number(row.live_answers),
  abandoned: Number(row.abandoned),
  createTime: row.create_time,
});
