/** What waits, by its owner: owners take turns, and what one of them waits for comes in its order. A step takes as long however much waits. */
export class OwnerTurns<Thing> {
  /** In the order of their turns; nobody is here who waits for nothing. */
  readonly #waiting = new Map<string, Set<Thing>>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  countOf(owner: string): number {
    return this.#waiting.get(owner)?.size ?? 0;
  }

  add(owner: string, thing: Thing): void {
    const things = this.#waiting.get(owner);
    if (things) things.add(thing);
    else this.#waiting.set(owner, new Set([thing]));
  }

  remove(owner: string, thing: Thing): void {
    const things = this.#waiting.get(owner);
    things?.delete(thing);
    if (things?.size === 0) this.#waiting.delete(owner);
  }

  /** Takes the next of the first owner who is not busy; that owner's next turn comes after all others'. */
  take(busy: ReadonlySet<string | undefined>): Thing | undefined {
    for (const [owner, things] of this.#waiting) {
      if (busy.has(owner)) continue;
      const [thing] = things;
      things.delete(thing as Thing);
      this.#waiting.delete(owner);
      if (things.size > 0) this.#waiting.set(owner, things);
      return thing;
    }
    return undefined;
  }

  takeAll(): Thing[] {
    const all = [...this.#waiting.values()].flatMap((things) => [...things]);
    this.#waiting.clear();
    return all;
  }
}
