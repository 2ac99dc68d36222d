import { runService } from "../lib/service/run.ts";

await runService("compliance", async () => (await import("./service.ts")).startCompliance());
