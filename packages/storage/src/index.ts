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
export { Overtaken } from './database/overtaken.ts'
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
export {
  accountsNamed,
  accountsOfOrganizations,
  homesOfUsers,
  keysOfOrganizations,
  namesOfUsers,
  organizationsNamed,
  usersNamed,
  type UserNamed,
} from './access/names.ts'
export { accountHeads, databaseTime, type AccountHead, type AccountHeads } from './access/account-heads.ts'
export { closeChange, type Closing } from './access/close-change.ts'
export { changesSince, moveOf, pruneJournal, type JournalEntry, type Move } from './access/journal.ts'
export {
  listenForChanges,
  type Heard,
  type Listening,
  type ListenOptions,
} from './access/listen-for-changes.ts'
export { loadFacts } from './access/load-facts.ts'
export { lockAccounts, type LockedAccount, type LockedAccounts } from './access/lock-accounts.ts'
export { writeAccess, writeChanges } from './access/write-changes.ts'
export { appendEvents } from './audit/append-events.ts'
export type { LogHeads } from './audit/continue-logs.ts'
export type { EventFilter } from './audit/event-filter.ts'
export { countEvents, findEvent, listEvents } from './audit/list-events.ts'
export { streamEvents } from './audit/stream-events.ts'
export { verifyEvents } from './audit/verify-events.ts'
export { findDeployment, openDeployment, replaceBlueprint, type Deployment } from './deployment/deployment.ts'
export { pruneIdempotencyKeys } from './idempotency/prune-idempotency-keys.ts'
export * from './key/api-keys.ts'
export { revokeOperatorKeys } from './key/revoke-operator-keys.ts'
export { giveUpMail, markMailSent, postponeMail, takeMails, type TakenMail } from './outbox/deliver-mails.ts'
export {
  listMails,
  saveMails,
  type Mail,
  type MailFilter,
  type MailState,
  type StoredMail,
} from './outbox/outbox.ts'
export { delegatedGroups } from './world/delegated-groups.ts'
export {
  describedAccount,
  ownersOfAddresses,
  type DescribedAccount,
  type DescribedOrganization,
  type DescribedPerson,
} from './world/described-account.ts'
export { saveOrganizationNames, savePeople } from './world/save-names.ts'
export { describeRole, findRole, listRoles, type DescribedRole, type RoleFilter } from './role/roles.ts'
export { openInvitationsWithRole } from './invitation/open-invitations.ts'
export {
  accountNames,
  insertAccount,
  listAccounts,
  listCertifiedProviders,
  readAccount,
  updateAccount,
  type Account,
  type AccountName,
} from './account/accounts.ts'
export * from './connection/connections.ts'
export { guestsOfConnections } from './connection/guests-of-connections.ts'
export { hostNames } from './connection/host-names.ts'
export { lastUsesOf } from './connection/last-uses.ts'
export type { ConnectedAccount, StoredConnection } from './connection/connection-row.ts'
export { findGrant, listGrants, type DescribedGrant, type GrantFilter } from './grant/grants.ts'
export { listGroupMembers, type ListedGroupMember } from './group/group-members.ts'
export {
  describeGroup,
  findGroup,
  listGroups,
  type DescribedGroup,
  type GroupFilter,
} from './group/groups.ts'
export * from './invitation/invitations.ts'
export {
  describedInvitation,
  listInvitations,
  type InvitationFilter,
  type ListedInvitation,
} from './invitation/list-invitations.ts'
export { assetsInUse, reportAssets } from './licence/assets.ts'
export {
  deleteSite,
  findSite,
  insertSite,
  listSites,
  siteWithKey,
  updateSite,
  type Site,
  type SiteFilter,
} from './site/sites.ts'
export type { PeopleFilter } from './user/people-filter.ts'
export { findPersonIn, listPeople, type Person } from './user/people.ts'
export * from './user/users.ts'
export { accountsEnteredFrom } from './account/entered-from.ts'
export * from './attempt/attempts.ts'
export * from './password/passwords.ts'
export { endSession, endSessionsOf, endSessionsThrough, pruneSessions } from './session/end-sessions.ts'
export { readEntryPolicy, type EntryPolicy } from './session/entry-policy.ts'
export { listSessions, sessionsOf, type ListedSession } from './session/list-sessions.ts'
export * from './session/sessions.ts'
export * from './access-request/access-requests.ts'
export * from './support/operators.ts'
export * from './support/support-accesses.ts'
export { superusersOf, type Reader } from './user/superusers.ts'
export { findSignIn, hasMfa, secondFactorsOf, type SignInFacts } from './user/find-sign-in.ts'
export { accountsOf, type AccountOfPerson } from './user/accounts-of.ts'
export * from './mfa/mfa-tokens.ts'
export * from './mfa/totp-tokens.ts'
export * from './mfa/key-tokens.ts'
export * from './mfa/recovery-codes.ts'
export * from './mfa/challenges.ts'
export * from './one-time-token/one-time-tokens.ts'
export { openSealingKeys } from './deployment/sealing-keys.ts'
export { hasOwnWayIn } from './sso/own-way-in.ts'
export * from './sso/required-sso.ts'
export * from './sso/sso-connections.ts'
export * from './sso/sso-domains.ts'
export * from './sso/sso-flows.ts'
export * from './sso/sso-identities.ts'
export { readSsoRules, replaceSsoRules } from './sso/sso-rules.ts'
