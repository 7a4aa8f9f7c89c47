import { refuse, succeed } from '@keyholder/core'
import type { AccessChange, AccountId, AccountIndex, Blueprint, Result } from '@keyholder/core'
import type { AccessSource } from './access-source.ts'
import { bytesOf } from './bytes-of.ts'
import { DatabaseClock } from './database-clock.ts'
import { leastRecentlyUsed } from './least-recently-used.ts'
import type { NodeTime } from './node-time.ts'
import { ReplicaView } from './replica-view.ts'
import { ReplicatedAccount } from './replicated-account.ts'
import { Turnstile } from './turnstile.ts'
import { within } from './within.ts'

export interface ReplicaLimits {
  /** After so many milliseconds without word from the database, nothing is answered from memory. */
  readonly deafAfter: number
  /** How often the database is asked whether anything went unheard. */
  readonly confirmEvery: number
  /** How long a question waits for a word from the database. */
  readonly answerWithin: number
  /** How long a question waits for its account to be loaded. */
  readonly loadWithin: number
  /** How many accounts are loaded at a time. */
  readonly loadsAtOnce: number
  /** How much memory the accounts may take. */
  readonly bytes: number
}

export interface ReplicaDeps {
  readonly blueprint: Blueprint
  readonly source: AccessSource
  readonly time: NodeTime
  readonly limits: ReplicaLimits
  /** Told of what an operator should know; the replica goes on by itself. */
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void
}

/** Why an account cannot be answered for. */
export type Unready =
  | { readonly code: 'account_unknown' }
  | { readonly code: 'revision_unreached'; readonly account: AccountId; readonly reached: number }
  | { readonly code: 'unavailable' }

/** A database's clock was set, or the machine slept, where the two clocks of a node part by more than this. */
const clocksPart = 1_000
const attempts = 8

/**
 * The accounts in use, each as an index in memory at a revision.
 *
 * An account is answered from memory only while its index is as far as anything this node has heard of, and the
 * database confirmed within `deafAfter` that there is nothing beyond. Notifications move it forward within
 * milliseconds; where they are lost, the confirmation notices; where the database is lost too, nothing is answered.
 */
export class Replica {
  readonly blueprint: Blueprint
  readonly clock: DatabaseClock
  readonly #deps: ReplicaDeps
  readonly #accounts = new Map<AccountId, ReplicatedAccount>()
  readonly #loads: Turnstile
  #wallAhead = 0
  #credentials = 0

  constructor(deps: ReplicaDeps) {
    this.blueprint = deps.blueprint
    this.clock = new DatabaseClock(() => deps.time.monotonic())
    this.#deps = deps
    this.#loads = new Turnstile(deps.limits.loadsAtOnce)
  }

  /** How long a question waits for a word from the database, in milliseconds. */
  get answerWithin(): number {
    return this.#deps.limits.answerWithin
  }

  /** The accounts that may be answered for right now, without waiting; good until the caller next waits. */
  view(): ReplicaView {
    const { time, limits } = this.#deps
    const now = time.monotonic()
    const slept = time.wall() - now - this.#wallAhead > clocksPart
    return new ReplicaView(this.blueprint, this.#accounts, {
      now,
      oldest: slept ? Infinity : now - limits.deafAfter,
      at: this.clock.now() ?? Number.NaN,
    })
  }

  /**
   * Makes an account ready to be answered for, at this revision at least: loads it, asks the database where it
   * stands, follows the journal, as needed. Ready means for the caller's next step, not for ever.
   */
  async ready(id: AccountId, atLeast = 0): Promise<Result<ReplicatedAccount, Unready>> {
    try {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const current = this.view().entry(id)
        if (current?.index && current.index.revision >= atLeast) return succeed(current)
        if (current && (await this.#isUnreached(current, atLeast))) {
          return refuse({ code: 'revision_unreached', account: id, reached: current.heard })
        }
        if (!current && !(await this.#advance(id))) return refuse({ code: 'account_unknown' })
      }
    } catch (error) {
      this.#deps.warn('an account cannot be answered for', { account: id, error })
    }
    return refuse({ code: 'unavailable' })
  }

  /** Whether a revision that nothing was heard of is not in the database either, asked after the question came. */
  async #isUnreached(account: ReplicatedAccount, revision: number): Promise<boolean> {
    const { answerWithin } = this.#deps.limits
    if (account.confirming) await within(answerWithin, account.confirming)
    await within(answerWithin, this.#confirmOne(account))
    return account.heard < revision
  }

  /** One step towards an account that can be answered for; false where there is no such account. */
  async #advance(id: AccountId): Promise<boolean> {
    const { answerWithin, loadWithin } = this.#deps.limits
    const account = this.#accounts.get(id)
    if (!account?.index) {
      // A database that hangs is noticed by the short question, not by the long one.
      const loading = account ?? this.#admit(id)
      await within(answerWithin, this.#confirmOne(loading))
      if (this.#accounts.has(id)) await within(loadWithin, this.#load(loading))
    } else if (!account.isCaughtUp()) {
      await within(answerWithin, this.#catchUp(account))
    } else {
      await within(answerWithin, this.#confirmOne(account))
    }
    return this.#accounts.has(id)
  }

  #admit(id: AccountId): ReplicatedAccount {
    const account = new ReplicatedAccount(id)
    this.#accounts.set(id, account)
    return account
  }

  #load(account: ReplicatedAccount): Promise<void> {
    account.loading ??= this.#loads
      .pass(() => this.#loadNow(account))
      .finally(() => {
        account.loading = undefined
        if (!account.index) this.#accounts.delete(account.id)
      })
    return account.loading
  }

  async #loadNow(account: ReplicatedAccount): Promise<void> {
    const heard = account.heard
    const askedAt = this.#deps.time.monotonic()
    const index = await this.#deps.source.load(account.id)
    if (!index) return
    account.adopt(index, bytesOf(index))
    account.usedAt = this.#deps.time.monotonic()
    account.confirmedAt = Math.max(account.confirmedAt, askedAt)
    // What was heard before the database was asked and is not in it now was lost with a failed server.
    if (account.heard === heard) account.heard = index.revision
    this.#makeRoom()
  }

  #makeRoom(): void {
    for (const { id } of leastRecentlyUsed(this.#accounts.values(), this.#deps.limits.bytes)) {
      this.#accounts.delete(id)
    }
  }

  #catchUp(account: ReplicatedAccount): Promise<void> {
    account.catchingUp ??= this.#catchUpNow(account).finally(() => (account.catchingUp = undefined))
    return account.catchingUp
  }

  async #catchUpNow(account: ReplicatedAccount): Promise<void> {
    while (account.index && !account.isCaughtUp()) {
      const from = account.index.revision
      account.apply(await this.#deps.source.changesSince(account.id, from))
      if (account.index.revision > from) continue
      account.index = undefined
      await this.#load(account)
    }
  }

  #confirmOne(account: ReplicatedAccount): Promise<void> {
    account.confirming ??= this.#confirm([account]).finally(() => (account.confirming = undefined))
    return account.confirming
  }

  /** Asks the database where it stands with all the accounts here, and follows where it is ahead. */
  async confirm(): Promise<void> {
    const accounts = [...this.#accounts.values()]
    await within(this.#deps.limits.answerWithin, this.#confirm(accounts))
    const behind = accounts
      .filter(({ index }) => index !== undefined)
      .filter((account) => !account.isCaughtUp())
    await Promise.all(behind.map((account) => this.#catchUp(account)))
  }

  async #confirm(accounts: readonly ReplicatedAccount[]): Promise<void> {
    const { time, source, warn } = this.#deps
    const askedAt = time.monotonic()
    const wallAhead = time.wall() - askedAt
    const revisions = new Map(accounts.map(({ id, index }) => [id, index?.revision]))
    const { databaseTime, heads } = await source.heads(accounts.map(({ id }) => id))
    this.clock.read({ databaseTime, askedAt, answeredAt: time.monotonic() })
    this.#wallAhead = wallAhead

    const found = new Map(heads.map((head) => [head.id, head]))
    for (const account of accounts) {
      const head = found.get(account.id)
      if (!head) this.#accounts.delete(account.id)
      else if (account.confirm(head, askedAt, revisions.get(account.id)) === 'went_back') {
        warn('the database lost acknowledged changes of an account', { account: account.id, head })
      }
    }
  }

  /** A number that is another one whenever something happened to an API key, anywhere. */
  get credentials(): number {
    return this.#credentials
  }

  /** A key was revoked, ended or cut down, on this node or another. */
  credentialsChanged(): void {
    this.#credentials++
  }

  /** A notification: some node committed this revision. */
  heard(id: AccountId, revision: number): void {
    const account = this.#accounts.get(id)
    if (!account) return
    account.hear(revision)
    if (!account.index || account.isCaughtUp()) return
    this.#catchUp(account).catch((error: unknown) => {
      this.#deps.warn('an account did not follow a notification', { account: id, error })
    })
  }

  /** This node committed this revision: the next question sees it, whatever becomes of the notification. */
  committed(id: AccountId, revision: number, changes: readonly AccessChange[]): void {
    const account = this.#accounts.get(id)
    account?.apply([{ revision, changes }])
    if (account) this.heard(id, revision)
  }

  /**
   * The index of an account at exactly this revision, for a transaction that holds the account's row at it.
   *
   * INVARIANT: the transaction has written nothing of the account yet, because what is read through it is kept.
   */
  async indexAt(
    reader: Pick<AccessSource, 'load' | 'changesSince'>,
    id: AccountId,
    revision: number,
  ): Promise<AccountIndex | undefined> {
    const account = this.#accounts.get(id)
    if (account?.index && account.index.revision < revision) {
      account.apply(await reader.changesSince(id, account.index.revision))
    }
    if (account?.index?.revision === revision) return account.index

    const index = await reader.load(id)
    if (!index) return undefined
    // It counts only once the database confirms it: this transaction may still be the one that makes the account.
    const kept = this.#accounts.get(id) ?? this.#admit(id)
    kept.adopt(index, bytesOf(index))
    kept.usedAt = this.#deps.time.monotonic()
    this.#makeRoom()
    return index
  }
}
