/** Starts the echo service from the environment. */
import { commonConfig } from "../../svc/lib/common-config.ts";
import { readSettings } from "../../svc/lib/config.ts";
import { type RunningService, startService } from "../../svc/lib/service.ts";
import { EchoDefinition, echoHandlers, echoMethods } from "./echo.ts";

export const startEcho = (): Promise<RunningService> =>
  startService(
    "lists",
    readSettings((env) => commonConfig(env, "lists")),
    (parts) => {
      const db = parts.database(new URL("./sql/", import.meta.url));
      parts.outbox(db);
      parts.redis();
      parts.serve(EchoDefinition, echoHandlers());
    },
    { methods: echoMethods },
  );
