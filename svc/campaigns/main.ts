import { runService } from "../lib/run.ts";

await runService("campaigns", async () => (await import("./service.ts")).startCampaigns());
