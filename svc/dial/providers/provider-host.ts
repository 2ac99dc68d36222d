/** Checks the host of a provider before it is stored. It is checked again whenever somebody connects to it. */
import { invalidField } from "../../lib/errors/errors.ts";
import type { Logger } from "../../lib/observe/log.ts";
import { type AddressFence, AddressRefusedError } from "../../lib/outbound/address-fence.ts";
import { type Account, fieldOfAccount, hostOf } from "./account.ts";

/** A name that takes longer is stored unchecked. */
const LOOK_UP_MS = 2_000;

/** Throws INVALID_ARGUMENT for a host that does not exist, or leads only to addresses that are not allowed. Which of the two is for the log alone. */
export async function checkHost(fence: AddressFence, account: Account, log: Logger): Promise<void> {
  const host = hostOf(account);
  const part = account.$case === "voiceAdapter" ? "address" : "host";
  const field = `provider.${fieldOfAccount(account.$case)}.${part}`;
  const late = AbortSignal.timeout(LOOK_UP_MS);
  const tooLate = new Promise<void>((resolve) => late.addEventListener("abort", () => resolve(), { once: true }));
  const found = fence.addressesOf(host).then(() => {});
  try {
    await Promise.race([found, tooLate]);
  } catch (error) {
    if (error instanceof AddressRefusedError) {
      log.info({ field, why: error.why }, "host of a provider refused");
      throw invalidField(field, `${error.message} Check how it is written, and name a public host.`);
    }
    // The DNS gives no answer now, which says nothing about the host.
  } finally {
    found.catch(() => {});
  }
}
