/** SQL expressions on a record `r` of `lists.preload_v1`: its devices for a channel, their keys, and the keys of their places. */

/** The code of an email address among contact info types; every other device is a phone. */
const EMAIL = 10;

/** The kind of a channel's devices. */
export type DeviceKind = "phone" | "email";

/** The key by which the same number or address is recognised. Addresses are compared in lower case; numbers have no letters. */
const deviceKey = (kind: DeviceKind, info: string) =>
  `hashtextextended(${kind === "email" ? `lower(${info})` : info}, 0)`;

/** The first digits of a number, which show where it is: the area code after +1, otherwise seven digits. */
const numberPrefix = (info: string) => `left(${info}, case when ${info} like '+1%' then 5 else 8 end)`;

/**
 * The key of a place: everything that rules about places and hours depend on. Compliance is asked once for all records with the same key. Each part's hash is the seed
 * of the next one: that is twice as fast as hashing the parts as one text.
 */
export const placeKey = (kind: DeviceKind, info: string, zones: string): string =>
  [zones, "r.country", "r.state", ...(kind === "phone" ? [numberPrefix(info)] : [])].reduce(
    (seed, part) => `hashtextextended(${part}, ${seed})`,
    "(r.zone <> '')::integer",
  );

/** A value for each of a record's devices for a channel, in their order. Slow: only for records that do not fit the fast cases. */
const devicesWhere = (condition: string, what: string) =>
  `array(select ${what} from unnest(r.device_indexes, r.device_types, r.device_infos, r.device_zones) with ordinality as d (index, type, info, zones, place) where ${condition} order by place)`;

const TYPES = "r.device_types";
const ONE_EMAIL = `cardinality(array_positions(${TYPES}, ${EMAIL}::smallint)) = 1`;
const EMAIL_PLACE = `array_position(${TYPES}, ${EMAIL}::smallint)`;
const FITS = { phone: `type <> ${EMAIL}`, email: `type = ${EMAIL}` };

/** A record's devices for the channel. Nearly all records have one email address or none, which is cut out, or taken, by its position. */
export const DEVICES = {
  phone: `case
      when ${EMAIL} <> all(${TYPES}) then r.device_indexes
      when ${ONE_EMAIL} then r.device_indexes[:${EMAIL_PLACE} - 1] || r.device_indexes[${EMAIL_PLACE} + 1:]
      else ${devicesWhere(FITS.phone, "index")} end`,
  email: `case
      when ${ONE_EMAIL} then array[r.device_indexes[${EMAIL_PLACE}]]
      else ${devicesWhere(FITS.email, "index")} end`,
};

/** A value for each of those devices, in the same order. Nearly all records have one phone, and it comes first. */
const each = (kind: DeviceKind, what: (info: string, zones: string) => string) =>
  kind === "phone"
    ? `case
      when ${TYPES}[1] <> ${EMAIL} and ${EMAIL} = all(${TYPES}[2:]) then array[${what("r.device_infos[1]", "r.device_zones[1]")}]
      else ${devicesWhere(FITS.phone, what("info", "zones"))} end`
    : `case
      when ${ONE_EMAIL} then array[${what(`r.device_infos[${EMAIL_PLACE}]`, `r.device_zones[${EMAIL_PLACE}]`)}]
      else ${devicesWhere(FITS.email, what("info", "zones"))} end`;

/** The keys of those devices, in the same order. */
export const KEYS = {
  phone: each("phone", (info) => deviceKey("phone", info)),
  email: each("email", (info) => deviceKey("email", info)),
};

/** The numbers or addresses themselves, in the same order. */
export const INFOS = { phone: each("phone", (info) => info), email: each("email", (info) => info) };

/** An expression of the place key of each of those devices, in the same order. */
export const placesWhere = (kind: DeviceKind, what: (key: string) => string): string =>
  each(kind, (info, zones) => what(placeKey(kind, info, zones)));

/** The key of the place of the first device. */
export const FIRST_PLACE_KEY = {
  phone: `case
      when ${TYPES}[1] <> ${EMAIL} then ${placeKey("phone", "r.device_infos[1]", "r.device_zones[1]")}
      else (${devicesWhere(FITS.phone, placeKey("phone", "info", "zones"))})[1] end`,
  email: placeKey("email", `r.device_infos[${EMAIL_PLACE}]`, `r.device_zones[${EMAIL_PLACE}]`),
};

/** Whether a record has a device for the channel. */
export const HAS_DEVICE = { phone: `${EMAIL} <> any(${TYPES})`, email: `${EMAIL} = any(${TYPES})` };

/** Whether a record's device `d` is of a type that fits the channel. */
export const IS_DEVICE = { phone: `d.type <> ${EMAIL}`, email: `d.type = ${EMAIL}` };
