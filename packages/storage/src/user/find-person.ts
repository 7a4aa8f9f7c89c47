import { normaliseEmail, type AccountId, type UserId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

export interface FoundPerson {
  readonly user: UserId
  readonly home: AccountId
  readonly email: string
}

/** A person of the deployment by id or e-mail. */
export async function findPerson(tx: Tx, name: string): Promise<FoundPerson | undefined> {
  const email = normaliseEmail(name)
  return tx
    .selectFrom('users')
    .select(['id as user', 'home_account_id as home', 'email'])
    .$if(email.ok, (query) => query.where('email', '=', email.ok ? email.value : ''))
    .$if(!email.ok, (query) => query.where('id', '=', name as UserId))
    .executeTakeFirst()
}
