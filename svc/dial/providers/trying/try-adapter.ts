/** Tries a voice adapter. */
import type { VoiceAdapterAccount } from "../../../../gen/herald/dial/v1/provider.ts";
import { VoiceAdapterServiceDefinition } from "../../../../gen/herald/dial/v1/voice_adapter_service.ts";
import { errorDetails } from "../../../lib/errors/error-details.ts";
import { status } from "../../../lib/errors/errors.ts";
import { connectToAdapter } from "../voice-connection.ts";
import type { TestSteps } from "./test-steps.ts";
import { PASSED, STEP, targetOf, type TestWay } from "./test-target.ts";
import { findingOf, type TestTarget } from "./test-words.ts";

const ADAPTER_MS = 8_000;

export async function tryAdapter(
  steps: TestSteps,
  account: VoiceAdapterAccount,
  { fence, signal }: TestWay,
): Promise<void> {
  const target = targetOf({ $case: "voiceAdapter", voiceAdapter: account });
  const connection = await connectToAdapter(account, fence, ADAPTER_MS);
  try {
    await connection
      .client(VoiceAdapterServiceDefinition)
      .queryCalls({ attemptIds: [] }, { tenantId: "*", timeoutMs: ADAPTER_MS, signal });
    steps.pass(STEP.connection, PASSED.connection);
    if (account.tls) steps.pass(STEP.tls, PASSED.tls);
    else steps.skip(STEP.tls, "Not encrypted, as it is set: everybody on the way can read numbers and key tokens.");
    steps.pass(STEP.credentials, "The adapter accepts our key.");
    steps.skip(STEP.sender, "An adapter says only of a call whether its network takes the caller id.");
  } catch (error) {
    failAdapter(steps, errorDetails(error)?.code ?? status.UNKNOWN, target);
  } finally {
    connection.close();
  }
}

function failAdapter(steps: TestSteps, code: status, target: TestTarget): void {
  if (code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED)
    return steps.fail(STEP.connection, {
      explanation: `No voice adapter answers at ${target.host}, port ${target.port}.`,
      remedy: "Check address, port and encryption, and whether the adapter is running.",
    });
  if (code !== status.UNAUTHENTICATED && code !== status.PERMISSION_DENIED)
    return steps.fail(STEP.connection, findingOf("EPROTOCOL", target));
  steps.pass(STEP.connection, PASSED.connection);
  steps.fail(STEP.credentials, {
    explanation: "The adapter refuses our key.",
    remedy: "Give the key that the adapter has as HERALD_VOICE_KEY.",
  });
}
