import { program } from './program.ts'
import { runProgram } from './run-program.ts'

// A reader that closes early, as `head` does, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await runProgram(program, process.argv.slice(2))
