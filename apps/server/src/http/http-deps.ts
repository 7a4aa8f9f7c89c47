import type {
  AccountId,
  Blueprint,
  KeyId,
  OrganizationId,
  SupportAccess,
  SupportAccessId,
  UserId,
} from '@keyholder/core'
import type { EntryPolicy, Passage } from '@keyholder/storage'
import type { OpenSession } from '../session/open-session.ts'
import type { AccountOfPath } from './call.ts'
import type { Denial } from './denial.ts'
import type { Views } from './view.ts'

/** An API key that is neither ended nor revoked, as the database knows it. */
export interface KnownKey {
  readonly id: KeyId
  /** Left out for the deployment's own keys. */
  readonly account?: AccountId | undefined
  readonly scopes: readonly string[]
  readonly maker?: { readonly user: UserId; readonly home: AccountId } | undefined
}

interface KnownPerson {
  readonly user: UserId
  readonly home: AccountId
  readonly email: string
}

/** Somebody who is at work in an account. */
export interface Presence {
  readonly account: AccountId
  readonly user: UserId
}

/** What the HTTP layer needs of the rest of the server. */
export interface HttpDeps {
  readonly blueprint: Blueprint
  /** Without a slash at its end; every address that leaves the server starts with it. */
  readonly publicUrl: string
  readonly views: Views
  findKey(secretHash: string): Promise<KnownKey | undefined>
  /** The session with this token, unless it has ended; `counts` where somebody is using it. */
  openSession(token: string, options: { readonly counts: boolean }): Promise<OpenSession | undefined>
  /** The support access of this id in which this person of the staff may work at this very moment. */
  findSupportAccess(id: SupportAccessId, user: UserId): Promise<SupportAccess | undefined>
  /** What an account asks of sessions of people from this home. */
  entryPolicy(account: AccountId, home: AccountId): Promise<EntryPolicy>
  /** Remembers when a member was last here, beside the request. */
  noteMember(presence: Presence): void
  /** Remembers that somebody came in through a connection. */
  noteUse(passage: Passage): void
  /** By id or e-mail. */
  findPerson(name: string): Promise<KnownPerson | undefined>
  /** By id or slug. */
  findAccount(name: string): Promise<AccountOfPath | undefined>
  /** By id or key. */
  findOrganization(account: AccountId, name: string): Promise<OrganizationId | undefined>
  /** Writes the event of a refused attempt, in a transaction of its own. */
  recordDenial(denial: Denial): Promise<void>
  /** Whether answers are held against the contract before they are sent, as in tests. */
  readonly checksAnswers: boolean
}
