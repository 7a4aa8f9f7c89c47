import { sql } from 'kysely'
import type { AccountId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'
import { folded } from '../text/folded.ts'
import { personText } from '../user/person-text.ts'
import type { DescribedOrganization, DescribedPerson } from './described-account.ts'

/** Gives organizations that are there their keys and names. */
export async function saveOrganizationNames(
  tx: Tx,
  account: AccountId,
  organizations: readonly DescribedOrganization[],
): Promise<void> {
  const rows = organizations.map(({ id, key, name }) => ({ id, key, name, sort_name: folded(name) }))
  await sql`
    update organizations o set key = x.key, name = x.name, sort_name = x.sort_name, version = o.version + 1
      from json_to_recordset(${JSON.stringify(rows)}) as x (id text, key text, name text, sort_name text)
     where o.account_id = ${account} and o.id = x.id`.execute(tx)
}

/**
 * Writes people whose home is the account: new ones, and those who are called otherwise than before. The operator
 * vouches for their addresses.
 *
 * Addresses are given back before they are given out, because two people may have exchanged theirs.
 */
export async function savePeople(tx: Tx, home: AccountId, people: readonly DescribedPerson[]): Promise<void> {
  const rows = JSON.stringify(people.map(personRow))
  await sql`
    update users u set email = u.id || '@address.invalid'
      from json_to_recordset(${rows}) as x (id text, email text)
     where u.home_account_id = ${home} and u.id = x.id and u.email <> x.email`.execute(tx)
  await sql`
    insert into users as u (id, home_account_id, email, name, external_id, sort_name, search_text, verified_at)
    select id, ${home}, email, name, external_id, sort_name, search_text, now()
      from json_to_recordset(${rows}) as x
           (id text, email text, name text, external_id text, sort_name text, search_text text)
        on conflict (id) do update
       set email = excluded.email, name = excluded.name, external_id = excluded.external_id,
           sort_name = excluded.sort_name, search_text = excluded.search_text,
           verified_at = coalesce(u.verified_at, excluded.verified_at), version = u.version + 1`.execute(tx)
}

function personRow({ id, email, name, externalId }: DescribedPerson) {
  return {
    id,
    email,
    name,
    external_id: externalId,
    ...personText(name, email),
  }
}
