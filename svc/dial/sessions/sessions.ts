/** The sessions that this dialer runs. It takes over those without an owner, renews them, and ends them when they are closed or lost. */
import { SessionState } from "../../../gen/herald/dial/v1/session.ts";
import type { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import type { Database } from "../../lib/postgres/db.ts";
import type { Logger } from "../../lib/observe/log.ts";
import type { Events } from "../events.ts";
import type { SessionMarks } from "./marks.ts";
import type { Orphan } from "../attempts/open-store.ts";
import type { Run } from "./run.ts";
import {
  finishClosing,
  markQuiet,
  type OwnedSession,
  releaseSessions,
  renewSessions,
  type SessionKey,
  type SessionStatus,
  takeSessions,
} from "./session-store.ts";

export interface SessionsDeps {
  db: Database;
  events: Events;
  log: Logger;
  /** The name of this dialer and its present start: `name/incarnation`. */
  owner: string;
  marks: SessionMarks;
  /** After so many dialers in a row died while they worked on a session, it is set aside. */
  mostCrashes: number;
  /** Takes over what an earlier owner left open. */
  recover: (session: SessionKey) => Promise<Orphan[]>;
  /** Starts the run of a session. */
  begin: (session: OwnedSession, orphans: readonly Orphan[]) => Promise<Run>;
  /** Gives a running session the present settings of its group. */
  update: (run: Run, session: SessionKey, settings: DialingSettings, version: number) => Promise<void>;
}

interface HeldSession extends SessionKey {
  version: number;
  state: SessionState;
  isSetAside: boolean;
  /** The run that takes new attempts, and earlier runs that are ending. */
  run: Run | undefined;
  ending: Set<Run>;
}

/** An owner that has not renewed for so long counts as dead. */
const LEASE_SECONDS = 15;
const TAKEN_AT_ONCE = 20;
const IDLE: SessionStatus = { attemptsLastMinute: 0, agents: 0, agentsReady: 0, stall: "", stallExplanation: "" };
const SET_ASIDE: SessionStatus = {
  ...IDLE,
  stall: "set_aside",
  stallExplanation:
    "The dialer ended again and again while it worked on this campaign, so the campaign was set aside and the others go on. The dialer's log shows why. Pause and resume the campaign to try again.",
};

export class Sessions {
  readonly #deps: SessionsDeps;
  readonly #held = new Map<string, HeldSession>();
  #stopped = false;

  constructor(deps: SessionsDeps) {
    this.#deps = deps;
  }

  /** One round: renews what is held, follows what changed, takes what nobody owns. */
  async tick(): Promise<void> {
    if (this.#stopped) return;
    await this.#renew();
    for (const session of await takeSessions(
      this.#deps.db.everyTenant(),
      this.#deps.owner,
      LEASE_SECONDS,
      TAKEN_AT_ONCE,
      this.#deps.mostCrashes,
    ))
      await this.#take(session);
    for (const held of [...this.#held.values()]) await this.#finish(held);
  }

  /**
   * When this call returns, nothing more begins here in the session that was closed at `version`. A session that was opened again since
   * then goes on.
   */
  async halt(key: SessionKey, version: number): Promise<void> {
    const held = this.#held.get(nameOf(key));
    if (!held || held.version > version) return;
    this.#end(held);
    held.state = SessionState.SESSION_STATE_CLOSING;
    await markQuiet(this.#deps.db.tenant(key.tenantId), key.groupId, this.#deps.owner);
  }

  /** Ends all runs, and leaves the sessions to the next dialer. What takes longer than `mostMs` is left as it is. */
  async stop(mostMs: number): Promise<void> {
    this.#stopped = true;
    const runs = [...this.#held.values()].flatMap(({ run, ending }) => [...(run ? [run] : []), ...ending]);
    for (const run of runs) run.halt();
    const late = new Promise<void>((resolve) => setTimeout(resolve, mostMs).unref());
    await Promise.race([Promise.all(runs.map((run) => run.stop())), late]);
    for (const run of runs) run.abandon();
    await releaseSessions(this.#deps.db.everyTenant(), this.#deps.owner);
  }

  async #renew(): Promise<void> {
    const held = [...this.#held.values()];
    if (held.length === 0) return;
    const shown = held.map((one) => ({ ...keyOf(one), version: one.version, ...statusOf(one) }));
    const renewed = new Map(
      (await renewSessions(this.#deps.db.everyTenant(), this.#deps.owner, LEASE_SECONDS, shown)).map((one) => [
        nameOf(one),
        one,
      ]),
    );
    for (const one of held) {
      const now = renewed.get(nameOf(one));
      if (!now) this.#leave(one, "lost");
      else if (now.settings) await this.#follow(one, { ...now, settings: now.settings });
    }
  }

  async #take(session: OwnedSession): Promise<void> {
    const { tenantId, groupId } = session;
    const held: HeldSession = {
      tenantId,
      groupId,
      version: session.version,
      state: session.state,
      isSetAside: session.isSetAside,
      run: undefined,
      ending: new Set(),
    };
    const orphans = await this.#deps.recover(session);
    if (this.#stopped || this.#held.has(nameOf(session))) return;
    this.#held.set(nameOf(session), held);
    this.#deps.events.sessionTaken(session, this.#held.size);
    if (session.crashes > 0) this.#deps.marks.suspect(session);
    if (mayDial(held) || orphans.length > 0) held.run = await this.#deps.begin(session, orphans);
    if (this.#stopped) return this.#end(held);
    if (session.isSetAside) {
      this.#end(held);
      this.#deps.events.setAside(session, session.crashes);
    }
    if (session.state !== SessionState.SESSION_STATE_OPEN) await this.halt(session, session.version);
  }

  /** The session was opened again, got new settings, or is closing. The version is noted last, so that a failure leads to another look. */
  async #follow(held: HeldSession, session: OwnedSession): Promise<void> {
    held.state = session.state;
    held.isSetAside = session.isSetAside;
    if (session.state !== SessionState.SESSION_STATE_OPEN) await this.halt(session, session.version);
    else if (session.isSetAside) this.#end(held);
    else if (held.run) await this.#deps.update(held.run, session, session.settings, session.version);
    else held.run = await this.#deps.begin(session, []);
    held.version = session.version;
  }

  #end(held: HeldSession): void {
    const { run } = held;
    if (!run) return;
    run.halt();
    held.run = undefined;
    held.ending.add(run);
  }

  /** Drops runs that are over, and sessions in which nothing is open any more. */
  async #finish(held: HeldSession): Promise<void> {
    for (const run of held.ending) {
      if (!run.idle) continue;
      held.ending.delete(run);
      await run.stop();
    }
    if (held.state !== SessionState.SESSION_STATE_CLOSING || held.ending.size > 0) return;
    if (await finishClosing(this.#deps.db.tenant(held.tenantId), held.groupId)) this.#leave(held, "closed");
  }

  #leave(held: HeldSession, why: "closed" | "lost"): void {
    this.#end(held);
    this.#held.delete(nameOf(held));
    this.#deps.marks.forget(held);
    this.#deps.events.sessionLeft(held, this.#held.size, why);
    for (const run of held.ending) {
      // The next dialer asks the adapter about our calls. Messages that are running end here.
      run.abandon();
      void run
        .stop()
        .catch((error: unknown) =>
          this.#deps.log.warn({ error, campaignGroupId: held.groupId }, "a session that was left did not end well"),
        );
    }
  }
}

const mayDial = ({ state, isSetAside }: HeldSession) => state === SessionState.SESSION_STATE_OPEN && !isSetAside;

function statusOf(held: HeldSession): SessionStatus {
  if (held.isSetAside) return SET_ASIDE;
  return held.run?.status() ?? IDLE;
}

const keyOf = ({ tenantId, groupId }: SessionKey): SessionKey => ({ tenantId, groupId });
const nameOf = ({ tenantId, groupId }: SessionKey) => `${tenantId} ${groupId}`;
