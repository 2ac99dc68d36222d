/** Why a whole file cannot be read. Thrown while reading; the service turns it into its error. */
import type { FileProblem } from "../errors.ts";

export class FileFault extends Error {
  readonly problem: FileProblem | "mapping";
  /** Line of the file where it was found; 0 when it is the file. */
  readonly line: number;
  /** Header of the column, for faults of the mapping. */
  readonly header: string;

  constructor(problem: FileProblem | "mapping", message: string, { line = 0, header = "" } = {}) {
    super(message);
    this.name = "FileFault";
    this.problem = problem;
    this.line = line;
    this.header = header;
  }
}
