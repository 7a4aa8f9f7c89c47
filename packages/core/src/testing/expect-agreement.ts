import { expect } from 'vitest'
import type { Directory } from '../access/directory.ts'
import { effective } from '../access/effective.ts'
import type { Facts } from '../access/facts.ts'
import { modelEffective } from '../access/model.ts'
import type { AccountId, UserId } from '../id.ts'
import { equals } from '../role/permission-set.ts'
import { everybody, placesOf } from './arbitrary-world.ts'
import { printSet } from './print-world.ts'

/** Asks the model and the real thing what everybody has everywhere, and names the first place where they differ. */
export function expectAgreement(directory: Directory, facts: Facts, at: number): void {
  for (const account of facts.accounts.keys()) {
    for (const user of everybody) expectAgreementOn(directory, facts, user, account, at)
  }
}

function expectAgreementOn(
  directory: Directory,
  facts: Facts,
  user: UserId,
  account: AccountId,
  at: number,
): void {
  for (const place of placesOf(account)) {
    const slow = modelEffective(facts, user, account, place, at)
    const fast = effective(directory, user, account, place, at)
    if (equals(slow, fast)) continue

    const where = { user, account, place, at }
    const said = { ...where, held: printSet(facts.blueprint, fast) }
    expect(said).toEqual({ ...where, held: printSet(facts.blueprint, slow) })
  }
}
