import { runService } from "../lib/run.ts";

await runService("identity", async () => (await import("./service.ts")).startIdentity());
