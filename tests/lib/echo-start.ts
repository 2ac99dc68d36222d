/** Starts the echo service with settings of the environment. `SayAgain` calls Postgres, Redis and, through the mesh, `Say`: each once. */
import { commonConfig } from "../../svc/lib/service/common-config.ts";
import { readSettings } from "../../svc/lib/service/config.ts";
import { type RunningService, startService } from "../../svc/lib/service/service.ts";
import { EchoDefinition, echoHandlers, echoMethods, outboxMethods } from "./echo.ts";

export const startEcho = (): Promise<RunningService> =>
  startService(
    "lists",
    readSettings((env) => commonConfig(env, "lists")),
    (parts) => {
      const db = parts.database(new URL("./sql/", import.meta.url));
      parts.outbox(db);
      const redis = parts.redis();
      const echo = parts.client(EchoDefinition);
      const handlers = echoHandlers({
        async sayAgain(req, ctx) {
          await db.tenant(ctx.tenantId).query("select name from lists.things where name = $1", ["a private name"]);
          await redis.client.get("a-private-key");
          return echo.say(req, ctx);
        },
      });
      parts.serve(EchoDefinition, handlers);
    },
    { methods: { ...outboxMethods, ...echoMethods } },
  );
