import { machine } from '../measure/machine.ts'
import { printTable } from '../measure/print-table.ts'
import { startDemoServer } from './demo-server.ts'
import { timeFlood } from './flood.ts'
import { timeWhoExists } from './who-exists.ts'

const port = 4700

/** Measures whether answers tell who exists, and whether a flood of sign-ins holds decisions up. */
export async function runSignIn(): Promise<void> {
  console.log(JSON.stringify(machine()))
  const server = await startDemoServer(port)
  try {
    const { samples, real, madeUp, gap } = await timeWhoExists(server)
    printTable(
      ['wrong password', 'samples', 'median ms'],
      [
        ['of somebody', samples, real.toFixed(2)],
        ['of nobody', samples, madeUp.toFixed(2)],
        ['gap (at most 2)', '', gap.toFixed(2)],
      ],
    )
    const { quiet, flooded, signIns } = await timeFlood(server)
    printTable(
      ['decisions at 500 a second', 'p50 ms', 'p97.5 ms', 'p99 ms', 'failed'],
      [
        ['alone', quiet.p50, quiet.p95, quiet.p99, quiet.failed],
        ['with 500 sign-ins a second', flooded.p50, flooded.p95, flooded.p99, flooded.failed],
      ],
    )
    console.log('sign-ins by status', JSON.stringify(signIns))
  } finally {
    await server.stop()
  }
}
