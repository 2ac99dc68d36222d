/**
 * Serves suppression entries to `bench/check.ts`: one required list of many US numbers, in the order of the numbers, as fast as the client
 * takes them.
 */
import { createServer } from "nice-grpc";
import { SuppressionKind, SuppressionList } from "../../gen/herald/lists/v1/suppression_list.ts";
import {
  StreamEntriesResponse,
  SuppressionListServiceDefinition,
} from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { pause } from "../../svc/lib/async/time.ts";

const ENTRIES_OF_A_MESSAGE = 5_000;
const HEARTBEAT_MS = 900;
const [tenantId = "", numbers = "0", areaCodes = ""] = process.argv.slice(2);

const suppressionList = SuppressionList.fromPartial({
  id: "01890000-0000-7000-8000-000000000001",
  name: "National",
  kind: SuppressionKind.SUPPRESSION_KIND_DEVICE,
  required: true,
});

/** Every area code gets the same share, evenly spread over its numbers. */
function* values(): Generator<string> {
  const codes = areaCodes.split(" ");
  const each = Math.ceil(Number(numbers) / codes.length);
  const step = Math.floor(8_000_000 / each);
  for (const code of codes) for (let i = 0; i < each; i++) yield `+1${code}${2_000_000 + i * step}`;
}

async function* stream(): AsyncGenerator<StreamEntriesResponse, void> {
  yield StreamEntriesResponse.fromPartial({ snapshotStart: true, sequence: 1 });
  let added: { value: string }[] = [];
  for (const value of values()) {
    added.push({ value });
    if (added.length < ENTRIES_OF_A_MESSAGE) continue;
    yield StreamEntriesResponse.fromPartial({ tenantId, suppressionList, added, sequence: 1 });
    added = [];
  }
  yield StreamEntriesResponse.fromPartial({ tenantId, suppressionList, added, sequence: 1 });
  yield StreamEntriesResponse.fromPartial({ snapshotEnd: true, sequence: 1 });
  for (;;) {
    yield StreamEntriesResponse.fromPartial({ sequence: 1, acceptTime: new Date() });
    await pause(HEARTBEAT_MS);
  }
}

const { streamEntries } = SuppressionListServiceDefinition.methods;
const server = createServer();
server.add({ ...SuppressionListServiceDefinition, methods: { streamEntries } }, { streamEntries: stream });
process.send?.({ port: await server.listen("127.0.0.1:0") });
process.on("disconnect", () => process.exit(0));
