/** Everything that compliance stores in Redis. All of it can be restored: suppression from `lists`, counters and holds from the decisions. */
import { type RedisStore, redisKey } from "../../lib/redis/redis.ts";
import type { HoldPolicy } from "../rules/engine/hold.ts";
import { type Command, listKeys, type ListSettings } from "../suppression/suppression-lists.ts";

/** The state of all suppression data in Redis. */
export interface DataState {
  /** Names one filling of Redis. Each filling has a new epoch, which is part of every key. */
  epoch: string;
  /** False until a snapshot is complete. */
  ready: boolean;
  /** Last change of the stream that is applied. */
  sequence: number;
  /** The run of the Redis server that holds it. A restart, even from disk, may have lost the last second. */
  runId: string;
  /** Milliseconds since the data was known to be current. */
  ageMs: number;
}

/** The answer to a batch, in the order of its checks. */
export type BatchAnswer =
  | {
      kind: "answered";
      hits: readonly (number | string)[];
      counts: readonly number[];
      reserved: readonly number[];
      /** Four values for each refusal: position of the check; "c" for a call or "m" for a message in progress; "d" for the device or "c" for the client; until when. */
      busy: readonly string[];
    }
  | { kind: "other_marker"; marker: string }
  | { kind: "counter_missing"; counterId: string };

/** A tenant's marker: `<epoch>.<lead>.<version>`. A process that knows another one has old settings, or has lost the lead. */
export const markerOf = (epoch: string, lead: number, version: number): string => `${epoch}.${lead}.${version}`;
export const epochOf = (marker: string): string => marker.split(".")[0] ?? "";
export const versionOf = (marker: string): number => Number(marker.split(".")[2] ?? 0);

const LEADER = "{herald}:compliance:leader";
const LEADS = "{herald}:compliance:leads";
/** The number at the end is the version of the format of entries. Entries of another format are loaded again. */
const STATE = "{herald}:compliance:state:2";
const tenantsKey = (epoch: string) => `{herald}:compliance:tenants:${epoch}`;
const markerKey = (tenantId: string) => redisKey(tenantId, "compliance", "marker");

const numbersOf = (text: string): number[] => (text === "" ? [] : text.split(" ").map(Number));

/** `{tenant}:compliance:<epoch>:…` and `{herald}:compliance:tenants:<epoch>`; the names of markers and of the state have no epoch. */
function isOfOtherEpoch(key: string, epoch: string): boolean {
  const [slot, , what, rest] = key.split(":");
  if (slot === "{herald}") return what === "tenants" && rest !== epoch;
  return what !== "marker" && what !== epoch;
}

/** The beginning of all keys of a tenant in one epoch. */
export const dataPrefix = (tenantId: string, epoch: string): string => redisKey(tenantId, "compliance", epoch, "");

/** A past attempt, and the counter that it belongs to. */
export interface PastAttempt {
  key: string;
  attemptId: string;
  atMs: number;
  horizonMs: number;
}

/** A key that an attempt holds. */
export interface HeldKey {
  key: string;
  attemptId: string;
}

/** A hold to end. */
export interface EndedHold extends HeldKey {
  /** The last lease whose hold ends; a hold of a later one stays. 0: it ends whatever its lease is. */
  leaseNumber: number;
}

/** A hold of a past attempt. */
export interface PastHold extends EndedHold {
  kind: "c" | "m";
  fromMs: number;
  untilMs: number;
  /** Group and record; "" if it has none. */
  chain: string;
}

/** An attempt in a counter. */
export interface Count {
  key: string;
  attemptId: string;
}

/** A count to take back. */
export interface Refund extends Count {
  /** When it was counted, at the latest. An attempt that was counted later was allowed again, and stays. */
  untilMs: number;
}

export type ComplianceRedis = ReturnType<typeof createRedisStore>;

export function createRedisStore(redis: RedisStore) {
  const { client } = redis;
  const lua = <Result>(name: string) =>
    redis.script<Result>(`compliance_${name}`, new URL(`./lua/${name}.lua`, import.meta.url));
  const check = lua<[1, (number | string)[], string, string, string] | [0 | 2, string]>("check");
  const change = lua<0 | 1>("change");
  const densify = lua<number>("densify");
  const lead = lua<number>("lead");
  const beat = lua<0 | 1>("beat");
  const completeCounter = lua<0 | 1>("complete_counter");
  const fill = lua<number>("fill");
  const refund = lua<number>("refund");
  const recount = lua<0 | 1>("recount");
  const release = lua<number>("release");
  const fillHolds = lua<number>("fill_holds");
  const noLists = lua<1 | 0 | -1>("no_lists");
  const changeState = lua<0 | 1>("state");

  /** Counts lost connections. An answer that began before the last loss must not be trusted. */
  let connection = 0;
  client.on("close", () => (connection += 1));

  return {
    connection: () => connection,
    isConnected: () => client.status === "ready",

    async check(tenantId: string, marker: string, batch: object): Promise<BatchAnswer> {
      const answer = await check([markerKey(tenantId)], [marker, JSON.stringify(batch)]);
      if (answer[0] === 1)
        return {
          kind: "answered",
          hits: answer[1],
          counts: numbersOf(answer[2]),
          reserved: numbersOf(answer[3]),
          busy: answer[4] === "" ? [] : answer[4].split(" "),
        };
      return answer[0] === 0
        ? { kind: "other_marker", marker: answer[1] }
        : { kind: "counter_missing", counterId: answer[1] };
    },

    /** The tenant's marker and list settings, from one moment. The marker is empty when there is none. */
    async readTenant(tenantId: string, epoch: string): Promise<{ marker: string; lists: ListSettings[] }> {
      const key = listKeys.settings(dataPrefix(tenantId, epoch));
      const answers = await client.multi().get(markerKey(tenantId)).hvals(key).exec();
      const [marker, lists] = (answers ?? []).map(([error, value]) => {
        if (error) throw error;
        return value;
      }) as [string | null, string[]];
      return { marker: marker ?? "", lists: lists.map((list) => JSON.parse(list) as ListSettings) };
    },

    /** Undefined when there is none. */
    async readState(): Promise<DataState | undefined> {
      const answers = await client.multi().hgetall(STATE).time().exec();
      const [state, time] = (answers ?? []).map(([error, value]) => {
        if (error) throw error;
        return value;
      }) as [Record<string, string>, [string, string]];
      if (!state?.["epoch"]) return undefined;
      const nowMs = Number(time[0]) * 1_000 + Math.floor(Number(time[1]) / 1_000);
      return {
        epoch: state["epoch"],
        ready: state["ready"] === "1",
        sequence: Number(state["sequence"] ?? 0),
        runId: state["runId"] ?? "",
        ageMs: nowMs - Number(state["current"] ?? 0),
      };
    },

    /** The run of the server that we are connected to, and whether it drops keys when its memory is full. */
    async readServer(): Promise<{ runId: string; evicts: boolean }> {
      const info = await client.info();
      const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1] ?? "";
      const evicts = field("maxmemory") !== "0" && field("maxmemory_policy") !== "noeviction";
      return { runId: field("run_id"), evicts };
    },

    /** Takes or keeps the lead; 0 when another process has it. */
    lead: (name: string, leaseMs: number): Promise<number> => lead([LEADER, LEADS], [name, leaseMs]),

    /** Gives the lead back, so that another process need not wait for its end. */
    async resign(name: string): Promise<void> {
      if ((await client.get(LEADER)) === name) await client.del(LEADER);
    },

    /** Notes which changes are applied and how current they are. False when the lead or the data is lost. */
    async beat(name: string, epoch: string, sequence: number, ageMs: number | undefined): Promise<boolean> {
      return (await beat([LEADER, STATE], [name, epoch, sequence, ageMs ?? -1])) === 1;
    },

    /** Begins an epoch. No check is answered until `completeEpoch`. */
    async beginEpoch(epoch: string): Promise<void> {
      const before = await client.hget(STATE, "epoch");
      await client.multi().del(STATE).hset(STATE, { epoch, ready: "0" }).exec();
      for (const tenantId of before ? await client.smembers(tenantsKey(before)) : [])
        await client.unlink(markerKey(tenantId));
    },

    /** Deletes the keys of earlier epochs, which nobody reads any more. */
    async purge(epoch: string): Promise<void> {
      for await (const keys of client.scanStream({ match: "{*}:compliance:*", count: 1_000 }) as AsyncIterable<
        string[]
      >) {
        const old = keys.filter((key) => isOfOtherEpoch(key, epoch));
        if (old.length > 0) await client.unlink(...old);
      }
    },

    /** Notes that the data of this epoch is complete, so that checks can be answered. False when Redis has lost it meanwhile. */
    async completeEpoch({ epoch, runId, sequence }: Pick<DataState, "epoch" | "runId" | "sequence">): Promise<boolean> {
      return (await changeState([STATE], [epoch, "runId", runId, "sequence", sequence, "ready", "1"])) === 1;
    },

    /** Notes that the data is complete again after a restart of Redis. */
    confirmRun: (epoch: string, runId: string): Promise<unknown> => changeState([STATE], [epoch, "runId", runId]),

    /** Makes the leader load all data again, because part of it is lost. */
    giveUpEpoch: (epoch: string): Promise<unknown> => changeState([STATE], [epoch, "ready", "0"]),

    async tenants(epoch: string): Promise<string[]> {
      return client.smembers(tenantsKey(epoch));
    },

    /** Whether a tenant has no lists at all; `unknown` while the data is not complete. */
    async hasNoLists(epoch: string, tenantId: string): Promise<boolean | "unknown"> {
      const answer = await noLists([STATE, tenantsKey(epoch)], [epoch, tenantId]);
      return answer === -1 ? "unknown" : answer === 1;
    },

    /** Sets a tenant's marker, and then adds it to the tenants. In this order, a listed tenant without a marker must have lost its data. */
    async markTenant(tenantId: string, epoch: string, marker: string): Promise<void> {
      await client.set(markerKey(tenantId), marker);
      await client.sadd(tenantsKey(epoch), tenantId);
    },

    /** Runs the commands of a live change and sets the next marker. False when the marker is another; then nothing is done. */
    async change(tenantId: string, marker: string, commands: readonly Command[], next: string): Promise<boolean> {
      const all = next === marker ? commands : [...commands, ["SET", markerKey(tenantId), next]];
      return (await change([markerKey(tenantId)], [marker, JSON.stringify(all)])) === 1;
    },

    /** Runs commands of a snapshot. No other process knows its epoch yet. */
    async load(commands: readonly Command[]): Promise<void> {
      const pipeline = client.pipeline();
      for (const [name, ...args] of commands) pipeline.call(String(name), ...args.map(String));
      for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
    },

    /** How many numbers each of these sets holds. */
    async sizes(keys: readonly string[]): Promise<number[]> {
      const pipeline = client.pipeline();
      for (const key of keys) pipeline.scard(key);
      return ((await pipeline.exec()) ?? []).map(([error, size]) => {
        if (error) throw error;
        return Number(size);
      });
    },

    /** Copies a set of numbers into a bitmap. */
    densify: (set: string, bits: string): Promise<number> => densify([set, bits]),

    /** Adds earlier attempts to counters. */
    async fillCounters(prefix: string, attempts: readonly PastAttempt[]): Promise<void> {
      if (attempts.length === 0) return;
      const rows = attempts.map(({ key, attemptId, atMs, horizonMs }) => [key, attemptId, atMs, horizonMs]);
      await fill([`${prefix}counters`], [prefix, JSON.stringify(rows)]);
    },

    /** Adds holds of past attempts. */
    async fillHolds(prefix: string, holds: readonly PastHold[], nowMs: number): Promise<void> {
      if (holds.length === 0) return;
      const rows = holds.map(({ key, kind, fromMs, untilMs, attemptId, leaseNumber, chain }) => [
        key,
        kind,
        fromMs,
        untilMs,
        `${attemptId}.${leaseNumber}`,
        chain || "-",
      ]);
      await fillHolds([`${prefix}counters`], [prefix, nowMs, JSON.stringify(rows)]);
    },

    /** Ends holds of attempts, if they still have them. */
    async release(
      prefix: string,
      holds: readonly EndedHold[],
      { messageMs }: HoldPolicy,
      nowMs: number,
    ): Promise<void> {
      if (holds.length === 0) return;
      const rows = holds.map(({ key, attemptId, leaseNumber }) => [key, attemptId, leaseNumber]);
      await release([`${prefix}counters`], [prefix, nowMs, messageMs, JSON.stringify(rows)]);
    },

    /** Notes that a counter has every attempt of the last `horizonMs`, unless Redis was restarted or the rules have changed meanwhile. */
    completeCounter: (prefix: string, filledFor: string, counterId: string, horizonMs: number): Promise<unknown> =>
      completeCounter([`${prefix}filled_for`, `${prefix}counters`], [filledFor, counterId, horizonMs]),

    /** Takes attempts out of counters. */
    async refund(prefix: string, refunds: readonly Refund[]): Promise<void> {
      if (refunds.length === 0) return;
      const rows = refunds.map(({ key, attemptId, untilMs }) => [key, attemptId, untilMs]);
      await refund([`${prefix}counters`], [prefix, JSON.stringify(rows)]);
    },

    /** Lets counted attempts count from now on. False when one of them is not counted any more; then nothing is changed. */
    async recount(prefix: string, counts: readonly Count[], nowMs: number): Promise<boolean> {
      if (counts.length === 0) return true;
      const rows = counts.map(({ key, attemptId }) => [key, attemptId]);
      return (await recount([`${prefix}counters`], [prefix, nowMs, JSON.stringify(rows)])) === 1;
    },
  };
}
