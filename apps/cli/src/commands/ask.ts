import { allows, directoryOf } from '@keyholder/core'
import { factsOfWorld, loadWorldFile, questionOfWorld, type World } from '@keyholder/world'
import type { Answer } from '../answer.ts'
import { askServer, ServerUnusable } from '../ask-server.ts'
import { command, UsageError } from '../command.ts'
import { exitStatus } from '../exit-status.ts'
import { answersAsJson, answersAsText, statusOf } from '../show-answers.ts'
import { tellFaults } from '../tell-faults.ts'

export const askCommand = command({
  positionals: { world: { about: 'The path of a world file' } },
  options: {
    url: { value: 'URL', about: 'Where the server is, such as http://127.0.0.1:4455' },
    key: { value: 'KEY', about: 'An API key that may ask for decisions; else KEYHOLDER_KEY is taken' },
    json: { about: 'Print each answer as a line of JSON' },
  },
  run: async ({ words, options }) => {
    const { url, key = process.env['KEYHOLDER_KEY'] } = options
    if (url === undefined) throw new UsageError('`--url` is missing')
    if (!/^https?:\/\//.test(url)) throw new UsageError('`--url` has to begin with http:// or https://')
    if (!key) throw new UsageError('`--key` is missing, and so is KEYHOLDER_KEY')
    const now = Date.now()
    const world = loadWorldFile(words.world, { now })
    if (!world.ok) return tellFaults(world.refusal, options)

    try {
      const told = await askServer({ url, key }, world.value.questions)
      const answers = compared(world.value, told, now)
      process.stdout.write(options.json ? answersAsJson(answers) : answersAsText(answers))
      return statusOf(answers)
    } catch (error) {
      if (!(error instanceof ServerUnusable)) throw error
      process.stderr.write(`${error.message}\n`)
      return exitStatus.misused
    }
  },
})

/** The expected answer is the one that the world gives, else what the world's own facts decide now. */
function compared(world: World, answers: readonly Answer[], now: number): readonly Answer[] {
  const directory = directoryOf(factsOfWorld(world))
  return answers.map((answer) => {
    const question = { ...questionOfWorld(world, answer.question, now), at: now }
    return { ...answer, expected: answer.question.expect ?? allows(directory, question) }
  })
}
