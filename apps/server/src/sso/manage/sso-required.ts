import type { AccountId } from '@keyholder/core'
import { readAccount, type Tx } from '@keyholder/storage'
import { policyOf } from '../../session/policy-of.ts'

/** Whether the account's people are let in by single sign-on only. */
export async function isSsoRequired(tx: Tx, account: AccountId): Promise<boolean> {
  const found = await readAccount(tx, account)
  return found !== undefined && policyOf(found.settings).ssoRequired === true
}
