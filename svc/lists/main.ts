import { runService } from "../lib/service/run.ts";

await runService("lists", async () => (await import("./service.ts")).startLists());
