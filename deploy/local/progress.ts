/** Shows people who wait what is being done: a line at the end of each step, and one at intervals while it lasts. */
export class Progress {
  readonly #say: (line: string) => void;
  readonly #started = performance.now();

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Runs a step and shows its result, if it is a text. Meanwhile `report` shows what is being done. */
  async step<Result>(
    name: string,
    work: (report: (words: string) => void) => Promise<Result>,
    describe: (result: Result) => string = () => "ready",
  ): Promise<Result> {
    const begun = performance.now();
    const line = (mark: string, words: string): void =>
      this.#say(`  ${mark} ${name.padEnd(12)} ${secondsSince(begun).padStart(6)}  ${words}`);
    let doing = "still starting";
    const timer = setInterval(() => line("…", doing), 5_000);
    try {
      const result = await work((words) => line("…", (doing = words)));
      line("✓", describe(result));
      return result;
    } catch (error) {
      line("✗", "failed");
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  /** How long everything has taken. */
  total(): string {
    return secondsSince(this.#started);
  }
}

const secondsSince = (begun: number): string => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
