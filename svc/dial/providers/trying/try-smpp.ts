/** Tries a message centre. */
import type { SmppAccount } from "../../../../gen/herald/dial/v1/provider.ts";
import { STATUS } from "../../../lib/smpp/pdu.ts";
import { type BindDirection, SmppLink, SmppOpeningError, type SmppOpeningStep } from "../../sms/smpp-link.ts";
import { smppServerOf } from "../connection-settings.ts";
import type { TestSteps } from "./test-steps.ts";
import { faultOf, OFF, PASSED, STEP, targetOf, type TestWay } from "./test-target.ts";
import { bindFinding, findingOf, isTlsFault } from "./test-words.ts";

export async function trySmpp(steps: TestSteps, smpp: SmppAccount, { fence, signal }: TestWay): Promise<void> {
  const server = { ...smppServerOf(smpp, fence), signal };
  const binds: readonly (BindDirection | undefined)[] = smpp.separateBinds ? ["transmitter", "receiver"] : [undefined];
  const reached = new Set<SmppOpeningStep>();
  const note = (step: SmppOpeningStep) => {
    reached.add(step);
    if (step !== "credentials") steps.pass(STEP[step], PASSED[step]);
  };
  if (!smpp.tls) steps.skip(STEP.tls, OFF);
  for (const direction of binds) {
    try {
      const link = await SmppLink.open(server, NOT_FOR_US, { direction, reached: note });
      await link.unbind();
    } catch (error) {
      const told = error instanceof SmppOpeningError ? error : new SmppOpeningError("", { fault: faultOf(error) });
      return failSmpp(steps, reached, told, direction ?? "transceiver", smpp);
    }
  }
  steps.pass(STEP.credentials, "System id and password are accepted.");
  steps.skip(
    STEP.sender,
    "A message centre says only of a message whether it takes the sender. Send a test message of a campaign to see it.",
  );
}

/** What comes during a test is for a bind of a dialer: the centre delivers it again. */
const NOT_FOR_US = { delivered: () => Promise.resolve(STATUS.ESME_RX_T_APPN), left: () => {} };

function failSmpp(
  steps: TestSteps,
  reached: ReadonlySet<SmppOpeningStep>,
  { fault, status: code }: SmppOpeningError,
  direction: string,
  smpp: SmppAccount,
): void {
  if (code !== 0) return steps.fail(STEP.credentials, bindFinding(code, direction));
  const isTls = isTlsFault(fault) || (smpp.tls && reached.has("connection") && !reached.has("tls"));
  steps.fail(isTls ? STEP.tls : STEP.connection, findingOf(fault, targetOf({ $case: "smpp", smpp })));
}
