import { runService } from "../lib/run.ts";

await runService("compliance", async () => (await import("./service.ts")).startCompliance());
