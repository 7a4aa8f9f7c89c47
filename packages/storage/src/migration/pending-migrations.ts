import { MigrationRefused } from './migration-refused.ts'
import type { Migration } from './read-migrations.ts'

export type AppliedMigration = Pick<Migration, 'name' | 'checksum'>

/**
 * What is still to be applied.
 *
 * Refused where the database knows a migration that this version does not, or knows one by other words: what
 * is in the database is then not what this version was written for.
 */
export function pendingMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]))
  for (const { name, checksum } of applied) {
    const migration = byName.get(name)
    if (!migration) {
      throw new MigrationRefused(
        'schema_newer',
        `The database was brought up to date by a newer Keyholder (it has \`${name}\`): run that version or a newer one.`,
      )
    }
    if (migration.checksum !== checksum) {
      throw new MigrationRefused(
        'migration_edited',
        `The migration \`${name}\` is not the one that was applied to this database: restore the file as it was released.`,
      )
    }
  }

  const done = new Set(applied.map(({ name }) => name))
  return known.filter(({ name }) => !done.has(name))
}
