import { runService } from "../lib/service/run.ts";

await runService("campaigns", async () => (await import("./service.ts")).startCampaigns());
