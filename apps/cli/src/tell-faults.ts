import { faultLine, type Fault } from '@keyholder/world'
import { exitStatus, type ExitStatus } from './exit-status.ts'

/**
 * Tells what is wrong in a file, one line a fault: in the form that terminals and editors make links of, or as JSON
 * for programs.
 */
export function tellFaults(faults: readonly Fault[], { json }: { readonly json: boolean }): ExitStatus {
  if (json) process.stdout.write(faults.map((fault) => `${JSON.stringify(fault)}\n`).join(''))
  else process.stderr.write(faults.map((fault) => `${faultLine(fault)}\n`).join(''))
  return exitStatus.misused
}
