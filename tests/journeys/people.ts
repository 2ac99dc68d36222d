/** Lists of fictional people, in places where contact windows are open whenever a test runs. */

interface Place {
  zone: string;
  number: (index: number) => string;
}

const digits = (value: number, width: number): string => String(value).padStart(width, "0");

/** Places with numbers that are reserved for fiction. At every hour at least one of them is open: each from 08:00 to 21:00 local time. */
const PLACES: readonly Place[] = [
  {
    zone: "America/New_York",
    number: (index) =>
      `+1${["212", "315", "516", "518", "585", "607", "716", "718"][Math.floor(index / 100) % 8]}555${digits(100 + (index % 100), 4)}`,
  },
  { zone: "Europe/London", number: (index) => `+447700900${digits(index % 1000, 3)}` },
  { zone: "Pacific/Guam", number: (index) => `+1671555${digits(100 + (index % 100), 4)}` },
];

/** The hours that are used. They end well before the windows close, so that a slow run stays inside. */
const EARLIEST_HOUR = 8.5;
const LATEST_HOUR = 20;

const hourIn = (zone: string, now: Date): number => {
  const [hour = 0, minute = 0] = now.toLocaleTimeString("en-GB", { timeZone: zone }).split(":").map(Number);
  return hour + minute / 60;
};

/** Numbers in a place where people may be called and texted now. */
function openPlace(now = new Date()): Place {
  const place = PLACES.find(({ zone }) => hourIn(zone, now) >= EARLIEST_HOUR && hourIn(zone, now) < LATEST_HOUR);
  if (!place) throw new Error(`No place of ours is open at ${now.toISOString()}.`);
  return place;
}

export interface Person {
  clientId: string;
  phone: string;
  email: string;
}

/** Makes `count` people, each with a different phone number and email address. */
export function makePeople(count: number, now = new Date()): Person[] {
  const { number } = openPlace(now);
  return Array.from({ length: count }, (_, index) => ({
    clientId: `P-${digits(index + 1, 5)}`,
    phone: number(index),
    email: `person.${index + 1}@example.com`,
  }));
}

export const asCsv = (people: readonly Person[]): string =>
  [
    "Client ID,First Name,Mobile,Email",
    ...people.map(({ clientId, phone, email }, index) => `${clientId},Person ${index + 1},${phone},${email}`),
  ].join("\r\n");
