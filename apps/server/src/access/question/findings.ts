import type { AccountId, OrganizationId, UserId } from '@keyholder/core'
import { needKey, type Need } from './need.ts'

/** Whom a name means: somebody, nobody, or more than one. */
export type WhoIsNamed = { readonly user: UserId; readonly home: AccountId } | 'nobody' | 'several'

/** What was fetched for one request, so that a thing that is not there is not looked for twice. */
export class Findings {
  readonly #absent = new Set<string>()
  readonly #accounts = new Map<string, AccountId>()
  readonly #organizations = new Map<string, OrganizationId>()
  readonly #users = new Map<string, WhoIsNamed>()

  isAbsent(need: Need): boolean {
    return this.#absent.has(needKey(need))
  }

  absent(need: Need): void {
    this.#absent.add(needKey(need))
  }

  account(need: Need): AccountId | undefined {
    return this.#accounts.get(needKey(need))
  }

  foundAccount(need: Need, account: AccountId): void {
    this.#accounts.set(needKey(need), account)
  }

  organization(need: Need): OrganizationId | undefined {
    return this.#organizations.get(needKey(need))
  }

  foundOrganization(need: Need, organization: OrganizationId): void {
    this.#organizations.set(needKey(need), organization)
  }

  user(need: Need): WhoIsNamed | undefined {
    return this.#users.get(needKey(need))
  }

  foundUser(need: Need, who: WhoIsNamed): void {
    this.#users.set(needKey(need), who)
  }
}
