import type { Group } from './command.ts'

/** Everything that `keyholder` can do. The code of a command is read when it is run. */
export const program: Group = {
  about: 'Keyholder: access management for products whose customers let other companies in.',
  commands: {
    decide: {
      about: 'Answer the questions of a world, with no server and no database',
      load: async () => (await import('./commands/decide.ts')).decideCommand,
    },
    ask: {
      about: 'Ask a running server the questions of a world, and compare',
      load: async () => (await import('./commands/ask.ts')).askCommand,
    },
    blueprint: {
      about: 'Check and show blueprints',
      commands: {
        check: {
          about: 'Say what is wrong in a blueprint file, with line and column',
          load: async () => (await import('./commands/blueprint-check.ts')).blueprintCheckCommand,
        },
        show: {
          about: 'Show a blueprint with every pattern resolved',
          load: async () => (await import('./commands/blueprint-show.ts')).blueprintShowCommand,
        },
      },
    },
  },
}
