import { failureSentence } from './database/failure-sentence.ts'
import { exitStatus, type ExitStatus } from './exit-status.ts'

/** Runs a command; what fails in its surroundings is told in a sentence, and a bug with its trace. */
export async function tellingFailures(run: () => Promise<ExitStatus>): Promise<ExitStatus> {
  try {
    return await run()
  } catch (error) {
    const sentence = failureSentence(error)
    if (sentence === undefined) throw error
    process.stderr.write(`${sentence}\n`)
    return exitStatus.misused
  }
}
