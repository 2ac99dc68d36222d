/** An outbox on a real PostgreSQL, with a receiver behind a real gRPC server. */
import type { TestContext } from "node:test";
import { type handleUnaryCall, status } from "@grpc/grpc-js";
import { pino } from "pino";
import {
  RecordOptOutsRequest,
  SuppressionListServiceDefinition,
} from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { type MessageKind, messagesOf } from "../../../svc/lib/outbox/message-kind.ts";
import { Outbox } from "../../../svc/lib/outbox/outbox.ts";
import type { Database } from "../../../svc/lib/postgres/db.ts";
import { grpcMethod } from "../../../svc/lib/rpc/definitions.ts";
import { openBareServer } from "../bare-server.ts";
import { cleanup } from "../cleanup.ts";
import { newId } from "../harness.ts";
import { databaseOf, testDatabaseFrom } from "../servers.ts";

const SQL = new URL("../sql/", import.meta.url);
const log = pino({ level: "silent" });
export const [ours, theirs] = [newId(), newId()];

const kindOf = (topic: string): MessageKind<RecordOptOutsRequest, string> => ({
  topic,
  request: RecordOptOutsRequest,
  wrap: (contactInfos) => RecordOptOutsRequest.fromPartial({ contactInfos }),
  unwrap: ({ contactInfos }) => contactInfos,
  fromJson: (contactInfos) => RecordOptOutsRequest.fromJSON({ contactInfos }),
  attemptIdOf: (item) => `attempt ${item}`,
});
export const NEWS = kindOf("news");
export const WEATHER = kindOf("weather");

/** Takes the items of one call. What it throws becomes the answer. */
export type CallHandler = (items: string[], tenantId: string) => Promise<void> | void;
export const refusal = (details = "refused") =>
  Object.assign(new Error("refused"), { code: status.INVALID_ARGUMENT, details });
export const away = () => Object.assign(new Error("away"), { code: status.UNAVAILABLE, details: "away" });
export const never = () => new Promise<void>(() => {});

/** Starts a receiver. Gives the client with which an outbox calls it. */
async function openReceiver(t: TestContext, take: CallHandler) {
  const { recordOptOuts } = SuppressionListServiceDefinition.methods;
  const { server, connection } = await openBareServer(t);
  const answer: handleUnaryCall<RecordOptOutsRequest, object> = ({ request, metadata }, done) => {
    const taken = Promise.try(take, request.contactInfos, String(metadata.get("authorization")[0]));
    void taken.then(() => done(null, {}), done);
  };
  server.addService(
    { recordOptOuts: grpcMethod(SuppressionListServiceDefinition, recordOptOuts) },
    { recordOptOuts: answer },
  );
  return connection.client(SuppressionListServiceDefinition);
}

export async function openDb(t: TestContext, connections = 4): Promise<Database> {
  const { lists: url } = await testDatabaseFrom(t, { lists: SQL });
  return databaseOf(t, "lists", url, connections);
}

export interface OpenOutbox extends Outbox {
  say(tenantId: string, items: readonly string[], kind?: typeof NEWS): Promise<void>;
  /** Stops the outbox before the end of the test. */
  end(): Promise<void>;
}

/** An outbox with its relay: stands for one process of a service. */
export async function openOutbox(t: TestContext, db: Database, take: CallHandler, kinds = [NEWS]): Promise<OpenOutbox> {
  const receiver = await openReceiver(t, take);
  const outbox = new Outbox({ db, service: "lists", log, metrics: new Metrics("lists") });
  for (const kind of kinds) outbox.relay(kind, (request, scope) => receiver.recordOptOuts(request, scope));
  await outbox.prepare();
  outbox.open();
  let ended: Promise<void> | undefined;
  const end = () => (ended ??= outbox.stop());
  cleanup(t, end);
  return Object.assign(outbox, {
    say: (tenantId: string, items: readonly string[], kind = NEWS) =>
      db.transaction(tenantId, (tx) => outbox.put(tx, messagesOf(kind, items))),
    end,
  });
}

export const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
export const query = async <Row extends object>(db: Database, text: string) =>
  (await db.everyTenant().query<Row>(text)).rows;
export const waiting = async (db: Database) =>
  (await query<{ count: number }>(db, "select count(*)::int from lists.outbox_messages"))[0]?.count;
export const empty = async (db: Database) => (await waiting(db)) === 0;
export const byNumber = (items: readonly string[]) => items.map(Number).sort((a, b) => a - b);
/** Makes messages that wait for their next try, and lines that rest, due now. */
export const hurry = (db: Database) =>
  query(
    db,
    `with lines as (update lists.outbox_lines set due_at = now() where due_at > now())
     update lists.outbox_messages set due_at = now() where due_at < 'infinity' and due_at > now()`,
  );
