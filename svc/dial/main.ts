import { runService } from "../lib/service/run.ts";

await runService("dial", async () => (await import("./service.ts")).startDial());
