import { runService } from "../lib/service/run.ts";

await runService("identity", async () => (await import("./service.ts")).startIdentity());
