/** Watches which settings are read: a setting that is given and never read is a mistake. */
type Settings = Readonly<Record<string, string>>;

export function watched(given: Settings): { env: Settings; unread(prefix: string): string[] } {
  const read = new Set<string>();
  const env = new Proxy(given, {
    get(target, name) {
      if (typeof name === "string") read.add(name);
      return Reflect.get(target, name) as unknown;
    },
  });
  return { env, unread: (prefix) => Object.keys(given).filter((name) => name.startsWith(prefix) && !read.has(name)) };
}
