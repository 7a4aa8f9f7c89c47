export { deleteEmbeddedPostgres } from './embedded/delete-embedded-postgres.ts'
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded/start-embedded-postgres.ts'
export { joinEmbeddedPostgres } from './embedded/join-embedded-postgres.ts'
export { EmbeddedPostgresRefusal, type EmbeddedPostgresRefusalCode } from './embedded/refusal.ts'
export { migrate, type MigrateOptions } from './migration/migrate.ts'
export { MigrationRefused, type MigrationRefusalCode } from './migration/migration-refused.ts'
export { closeDatabase, openDatabase, type Database, type DatabaseOptions } from './database/open-database.ts'
export { DatabaseUnavailable } from './database/database-unavailable.ts'
export type { Scope } from './database/scope.ts'
export { transaction, type TransactionOptions, type Tx } from './database/transaction.ts'
export type { Tables } from './tables.ts'
export { findAccount, type FoundAccount } from './account/find-account.ts'
export { claimIdempotencyKey, keepIdempotentAnswer, type KeptAnswer } from './idempotency/idempotency-keys.ts'
export { findKey, type FoundKey } from './key/find-key.ts'
export {
  describeOrganization,
  findOrganization,
  listOrganizations,
  type Organization,
  type OrganizationFilter,
} from './organization/organizations.ts'
export { readPage, type Orders, type Page, type PageRequest, type Position } from './paging/page.ts'
export { folded } from './text/folded.ts'
export { findPerson, type FoundPerson } from './user/find-person.ts'
export { relatedAccounts } from './account/related-accounts.ts'
export {
  accountsNamed,
  accountsOfOrganizations,
  homesOfUsers,
  organizationsNamed,
  usersNamed,
  type UserNamed,
} from './access/names.ts'
