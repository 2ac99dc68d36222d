import { runService } from "../lib/run.ts";

await runService("lists", async () => (await import("./service.ts")).startLists());
