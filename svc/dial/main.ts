import { runService } from "../lib/run.ts";

await runService("dial", async () => (await import("./service.ts")).startDial());
