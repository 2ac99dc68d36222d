/** Why a whole file cannot be read. Thrown while reading; the service turns it into its error. */

/** What is wrong with a file, as `metadata.problem` of ERROR_REASON_FILE_UNREADABLE. */
export type FileProblem =
  | "empty"
  | "header_only"
  | "not_text"
  | "encoding"
  | "too_many_columns"
  | "too_many_rows"
  | "line_too_long"
  | "quote_not_closed"
  | "no_row_taken";

export class FileFault extends Error {
  readonly problem: FileProblem | "mapping";
  /** Line where it was found; 0 when the whole file is at fault. */
  readonly line: number;
  /** Header of the column, when the mapping is at fault. */
  readonly header: string;

  constructor(problem: FileProblem | "mapping", message: string, { line = 0, header = "" } = {}) {
    super(message);
    this.name = "FileFault";
    this.problem = problem;
    this.line = line;
    this.header = header;
  }
}

/** A fault as it is sent from a thread. */
export interface FileFaultFields {
  problem: FileFault["problem"];
  text: string;
  line: number;
  header: string;
}

export const toldFault = ({ problem, message, line, header }: FileFault): FileFaultFields => ({
  problem,
  text: message,
  line,
  header,
});

export const faultOf = ({ problem, text, line, header }: FileFaultFields): FileFault =>
  new FileFault(problem, text, { line, header });
