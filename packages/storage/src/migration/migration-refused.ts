export type MigrationRefusalCode =
  | 'server_too_old'
  | 'server_has_known_hole'
  | 'encoding_not_utf8'
  | 'schema_newer'
  | 'migration_edited'
  | 'migration_in_progress'
  | 'role_not_allowed'

/** Why the database is not brought up to date, in one sentence for the operator; nothing was changed. */
export class MigrationRefused extends Error {
  readonly code: MigrationRefusalCode

  constructor(code: MigrationRefusalCode, sentence: string) {
    super(sentence)
    this.name = 'MigrationRefused'
    this.code = code
  }
}
