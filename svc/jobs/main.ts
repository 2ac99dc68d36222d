import { runService } from "../lib/service/run.ts";

await runService("jobs", async () => (await import("./service.ts")).startJobs());
