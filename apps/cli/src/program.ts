import type { Group } from './command.ts'

/** Everything that `keyholder` can do. The code of a command is read when it is run. */
export const program: Group = {
  about: 'Keyholder: access management for products whose customers let other companies in.',
  commands: {
    start: {
      about: 'Start a node, with the demo world where there is nothing yet',
      load: async () => (await import('./commands/start.ts')).startCommand,
    },
    decide: {
      about: 'Answer the questions of a world, with no server and no database',
      load: async () => (await import('./commands/decide.ts')).decideCommand,
    },
    ask: {
      about: 'Ask a running server the questions of a world, and compare',
      load: async () => (await import('./commands/ask.ts')).askCommand,
    },
    import: {
      about: 'Bring the accounts of a world into the database',
      load: async () => (await import('./commands/import.ts')).importCommand,
    },
    export: {
      about: 'Write accounts of the database as a world',
      load: async () => (await import('./commands/export.ts')).exportCommand,
    },
    key: {
      about: 'Make API keys',
      commands: {
        create: {
          about: 'Make an API key, and show its secret this once',
          load: async () => (await import('./commands/key-create.ts')).keyCreateCommand,
        },
      },
    },
    operator: {
      about: 'Say who of the staff may enter accounts for support',
      commands: {
        add: {
          about: 'Let somebody enter accounts for support',
          load: async () => (await import('./commands/operator-add.ts')).operatorAddCommand,
        },
        remove: {
          about: 'Let somebody enter accounts for support no more',
          load: async () => (await import('./commands/operator-remove.ts')).operatorRemoveCommand,
        },
        list: {
          about: 'List who may',
          load: async () => (await import('./commands/operator-list.ts')).operatorListCommand,
        },
      },
    },
    audit: {
      about: 'Check the activity logs',
      commands: {
        verify: {
          about: "Say whether accounts' activity logs are what was written",
          load: async () => (await import('./commands/audit-verify.ts')).auditVerifyCommand,
        },
      },
    },
    migrate: {
      about: 'Bring the schema of the database up to date',
      load: async () => (await import('./commands/migrate.ts')).migrateCommand,
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
