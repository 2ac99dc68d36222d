import { runService } from "../lib/run.ts";

await runService("jobs", async () => (await import("./service.ts")).startJobs());
