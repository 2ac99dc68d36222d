/**
 * Finds the requests that outboxes keep. A row may be written by one version and delivered by a later one, so these requests must not
 * break. The code says which they are: each kind of outbox message has the type of its request.
 */

/** Full names (`herald.jobs.v1.ReportProgressRequest`) of the requests for which a source file has a kind of outbox message. */
export function keptRequests(source: string): string[] {
  const names = [...source.matchAll(/\bconst \w+: MessageKind<(\w+),/g)].map(([, name = ""]) => name);
  return names.map((name) => {
    const found = importedAs(name, source);
    if (!found)
      throw new Error(`MessageKind<${name}, …>: ${name} is not imported from gen/, so nobody knows what it keeps.`);
    return found;
  });
}

/** The message that generated code has under this name in a file, which may import it under another. */
function importedAs(name: string, source: string): string | undefined {
  for (const [, list = "", path = ""] of source.matchAll(
    /import (?:type )?{([^}]*)} from "[./]*\/gen\/([^"]+)\/\w+\.ts"/g,
  )) {
    for (const item of list.split(",")) {
      const [original = "", alias = original] = item
        .trim()
        .replace(/^type /, "")
        .split(" as ");
      if (alias === name) return `${path.replaceAll("/", ".")}.${original}`;
    }
  }
  return undefined;
}
