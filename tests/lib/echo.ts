/** A service for tests of the library. It has every kind of RPC, and uses JSON instead of protobuf, so that it needs no contract. */
import { type MethodRule, methods as contract } from "../../gen/methods.ts";
import type { Ctx } from "../../svc/lib/rpc/context.ts";
import type { HandlersOf } from "../../svc/lib/rpc/server.ts";

/** Both the request and the response of every RPC. */
export interface Echo {
  text: string;
  count: number;
  tenantId: string;
  thingId: string;
}

const json = {
  encode: (message: Echo) => ({ finish: () => new Uint8Array(Buffer.from(JSON.stringify(message))) }),
  decode: (bytes: Uint8Array): Echo => ({
    text: "",
    count: 0,
    tenantId: "",
    thingId: "",
    ...(JSON.parse(Buffer.from(bytes).toString() || "{}") as Partial<Echo>),
  }),
  fromPartial: (message: Partial<Echo>): Echo => message as Echo,
};

const method = <const Name extends string, const In extends boolean, const Out extends boolean>(
  name: Name,
  requestStream: In,
  responseStream: Out,
) => ({
  name,
  requestType: json,
  requestStream,
  responseType: json,
  responseStream,
});

export const EchoDefinition = {
  name: "EchoService",
  fullName: "herald.lists.v1.EchoService",
  methods: {
    say: method("Say", false, false),
    sayAgain: method("SayAgain", false, false),
    change: method("Change", false, false),
    greet: method("Greet", false, false),
    inner: method("Inner", false, false),
    count: method("Count", false, true),
    sum: method("Sum", true, false),
    talk: method("Talk", true, true),
  },
} as const;

/** The rule of an RPC that needs this permission, as it is made from a contract. */
export const rule = (requires: string | null, more: Partial<MethodRule> = {}): MethodRule => ({
  requires,
  audit: null,
  idempotency: "unknown",
  http: null,
  requestStream: false,
  responseStream: false,
  ...more,
});

/** The rules of the echo service's RPCs, as a contract would state them. */
export const echoMethods: Record<string, MethodRule> = {
  "/herald.lists.v1.EchoService/Say": rule("echo.say"),
  "/herald.lists.v1.EchoService/SayAgain": rule("echo.say", { idempotency: "no-side-effects" }),
  "/herald.lists.v1.EchoService/Change": rule("echo.change", { audit: "edit" }),
  "/herald.lists.v1.EchoService/Greet": rule("public"),
  "/herald.lists.v1.EchoService/Inner": rule("mesh.echo"),
  "/herald.lists.v1.EchoService/Count": rule("echo.say", { responseStream: true }),
  "/herald.lists.v1.EchoService/Sum": rule("echo.say", { requestStream: true, audit: "alter" }),
  "/herald.lists.v1.EchoService/Talk": rule("echo.say", { requestStream: true, responseStream: true }),
};

/** The RPCs that every service with an outbox has. */
export const outboxMethods = Object.fromEntries(
  Object.entries(contract).filter(([path]) => path.startsWith("/herald.common.v1.OutboxService/")),
);

type Answer = (req: Echo, ctx: Ctx) => Promise<Partial<Echo>>;

/** Handlers of the echo service. The default ones answer with their request. */
export type EchoHandlers = HandlersOf<typeof EchoDefinition>;

export function echoHandlers(given: Partial<EchoHandlers> = {}): EchoHandlers {
  const say: Answer = async (req, ctx) => ({ ...req, tenantId: ctx.caller.kind === "none" ? "" : ctx.tenantId });
  return {
    say,
    sayAgain: say,
    change: say,
    greet: say,
    inner: say,
    async *count(req) {
      for (let count = 1; count <= req.count; count++) yield { count };
    },
    async sum(requests) {
      let count = 0;
      for await (const request of requests) count += request.count;
      return { count };
    },
    async *talk(requests) {
      for await (const request of requests) yield { text: request.text.toUpperCase() };
    },
    ...given,
  };
}
