/** Exit codes of `herald`, for scripts. cli/README.md has the same table. */
export const exitCode = {
  done: 0,
  /** The platform or the machine could not do it. */
  failed: 1,
  /** The command was not written as it must be. */
  wrongCall: 2,
  /** `herald check`: the attempt may not be made now. `herald providers test`: a step failed. */
  checkRefused: 3,
  /** The person declined, or nobody was there to be asked. */
  declined: 4,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
