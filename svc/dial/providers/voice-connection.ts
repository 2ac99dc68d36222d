/** Connects to the voice adapter of a tenant. The address is looked up and checked once; the connection then goes to that address. */
import { isIP } from "node:net";
import type { VoiceAdapterAccount } from "../../../gen/herald/dial/v1/provider.ts";
import { meshTokens, VOICE_ADAPTER } from "../../lib/auth/mesh-token.ts";
import { type Connection, connect } from "../../lib/client/client.ts";
import { type AddressFence, AddressRefusedError } from "../../lib/outbound/address-fence.ts";
import { splitAddress } from "./account.ts";

/** Throws AddressRefusedError, or the error of the look-up. */
export async function connectToAdapter(
  { address, key, tls }: VoiceAdapterAccount,
  fence: AddressFence,
  deadlineMs: number,
): Promise<Connection> {
  const target = splitAddress(address);
  const [found] = target ? await fence.addressesOf(target.host) : [];
  if (!target || !found) throw new AddressRefusedError(address, "no address");
  const literal =
    found.family === 6 ? `ipv6:[${found.address}]:${target.port}` : `ipv4:${found.address}:${target.port}`;
  return connect({
    address: literal,
    token: meshTokens("dial", { name: VOICE_ADAPTER, key }),
    deadlineMs,
    publicTls: tls,
    ...(isIP(target.host) === 0 && { serverName: target.host }),
  });
}
