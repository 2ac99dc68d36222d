import { runService } from "../lib/service/run.ts";

await runService("contacts", async () => (await import("./service.ts")).startContacts());
