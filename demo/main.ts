// `npm run demo`: the main job with a list of 10,000 fictional people, or with your own list. No real person is contacted, because the carriers are simulated.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runningPlatform } from "../deploy/local/lock.ts";
import { projectRoot } from "../deploy/local/paths.ts";
import { startPlatform } from "../deploy/local/platform.ts";
import { keepSecrets } from "../deploy/local/secrets.ts";
import { privateSettings, readPlatformSettings } from "../deploy/local/settings.ts";
import { type Api, signIn } from "./api.ts";
import { countArrivals, since } from "./arrivals.ts";
import { type DemoOptions, HELP, readOptions } from "./options.ts";
import {
  createGroups,
  importList,
  previewList,
  readDefinition,
  suppress,
  suppressionFile,
  withMessagesAtOnce,
} from "./prepare.ts";
import { makeReport, type Report, secondsOf, showReport, stopwatch } from "./report.ts";
import { runGroups } from "./run.ts";

const definitionFile = join(projectRoot, "examples", "spring-campaign", "campaign.json");
const say = (line: string): void => console.log(line);
/** Aborted when somebody ends the demo. Errors after that are not reported. */
const interrupted = new AbortController();

/** The running platform, or one that was started for the demo because none runs here. */
interface DemoPlatform {
  edgeUrl: string;
  arrivalsUrl: string;
  password: string;
  /** Whether the platform was started for the demo and is removed with it. */
  isOwn: boolean;
  stop(): Promise<void>;
}

async function findPlatform(): Promise<DemoPlatform> {
  const settings = readPlatformSettings(process.env);
  if (Object.values(settings.carriers).some(Boolean))
    throw new Error("Carriers are set up here (DIAL_…). The demo must reach nobody real: run it without them.");
  const running = runningPlatform(settings.dataDir);
  if (running) {
    say(`Herald runs at ${running.edgeUrl}.`);
    const { demoPassword: password } = keepSecrets(settings.dataDir);
    return {
      edgeUrl: running.edgeUrl,
      arrivalsUrl: `http://127.0.0.1:${settings.ports.HERALD_ARRIVALS_PORT}`,
      password,
      isOwn: false,
      stop: async () => {},
    };
  }
  say("No platform runs here; one is started for the demo and removed with it.\n");
  const dataDir = mkdtempSync(join(tmpdir(), "herald-demo-"));
  const own = await privateSettings(dataDir, process.env);
  const starting = startPlatform({ settings: own, say, ui: "any", durable: false, signal: interrupted.signal });
  let stopped: Promise<void> | undefined;
  const stop = () =>
    (stopped ??= starting
      .then(
        (platform) => platform.stop(),
        () => {}, // a failed start has already stopped everything
      )
      .finally(() => rmSync(dataDir, { recursive: true, force: true })));
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      interrupted.abort();
      say("\nStopping everything …");
      void stop().then(() => process.exit(130));
    });
  const lap = stopwatch();
  const platform = await starting;
  say(`\nReady after ${lap().toFixed(1)} s.`);
  const arrivalsUrl = `http://127.0.0.1:${own.ports.HERALD_ARRIVALS_PORT}`;
  return {
    edgeUrl: platform.edgeUrl,
    arrivalsUrl,
    password: platform.demo?.password ?? "",
    isOwn: true,
    stop,
  };
}

async function perform(api: Api, arrivalsUrl: string, options: DemoOptions): Promise<Report> {
  const lap = stopwatch();
  const definition = readDefinition(definitionFile);
  const label = new Date().toISOString().slice(0, 19).replace("T", " ");
  const file = options.list ?? join(definitionFile, "..", "list.csv");

  say(`\n1. The list: ${file}`);
  const preview = await previewList(api, file);
  for (const { header, field } of preview.columns) say(`   ${header} → ${field || "(left out)"}`);
  const imported = await importList(api, `${definition.name} ${label}`, file);
  say(`   ${imported.acceptedCount} of ${imported.rowCount} rows accepted.`);
  const list = lap();

  say("2. Who must not be contacted");
  const optOuts = options.list ? undefined : suppressionFile(definitionFile, definition);
  const suppressed = await suppress(api, `${definition.suppression.name} ${label}`, optOuts);
  say(`   ${suppressed.accepted} numbers and addresses suppressed, ${suppressed.rejected} rows not readable.`);
  const suppression = lap();

  say("3. The campaign");
  const before = await countArrivals(arrivalsUrl);
  const groups = await createGroups(api, definition, label, imported.contactListId, suppressed.id);
  const definitions = lap();
  say("   They may write to the same person at once; by itself Herald leaves a minute between two messages.");
  const run = () => runGroups(api, groups, options.minutes * 60_000, (line) => say(`   ${line}`));
  const results = await withMessagesAtOnce(api, run);
  const arrived = since(before, await countArrivals(arrivalsUrl));
  const campaigns = Math.max(...results.map(({ seconds }) => seconds));
  const rest = secondsOf((lap() - campaigns) * 1_000);
  return makeReport(imported, results, arrived, { list, suppression, definitions, campaigns, rest });
}

/** Prints how long it took, if there was something to remove. */
async function removed(place: DemoPlatform): Promise<void> {
  const lap = stopwatch();
  await place.stop();
  if (place.isOwn) say(`  removed   in ${lap().toFixed(1)} s`);
}

let place: DemoPlatform | undefined;
try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) say(HELP);
  else {
    place = await findPlatform();
    const api = await signIn(place.edgeUrl, { tenant: "demo", email: "demo@example.com", password: place.password });
    const report = await perform(api, place.arrivalsUrl, options);
    say(showReport(report));
    if (options.json) say(JSON.stringify(report));
    else await removed(place);
  }
} catch (error) {
  if (!interrupted.signal.aborted) console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await place?.stop();
}
