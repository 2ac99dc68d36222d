/** Reads the number or address of one message, as a person writes it. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { Checks } from "./validate.ts";
import { normaliseEmail } from "../devices/email.ts";
import { type RegionLookup, writtenDevice } from "../devices/written.ts";

/** Throws INVALID_ARGUMENT for `field` if it is not a device of the channel. */
export async function readMessageDevice(
  field: string,
  text: string,
  channel: Channel,
  regionOf: RegionLookup,
): Promise<string> {
  const check = new Checks();
  const given = check.text(field, text, { most: 320 });
  check.done();
  const device = await writtenDevice(given, regionOf);
  const isEmail = channel === Channel.CHANNEL_EMAIL;
  const isRight = isEmail ? normaliseEmail(device).address !== undefined : /^\+[1-9]\d{6,14}$/.test(device);
  check.that(
    isRight,
    field,
    isEmail ? "Must be an email address, such as ann@example.com." : "Must be a phone number, such as +12125550123.",
  );
  check.done();
  return device;
}
