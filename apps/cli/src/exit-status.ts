/** What the process ends with: scripts and CI read it. */
export const exitStatus = {
  done: 0,
  /** An expectation failed, or a check found something. */
  failed: 1,
  /** The command or a file that it was given is wrong. */
  misused: 2,
} as const

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus]
