import {
  accountsNamed,
  accountsOfOrganizations,
  homesOfUsers,
  keysOfOrganizations,
  namesOfUsers,
  organizationsNamed,
  transaction,
  usersNamed,
  type Database,
  type Tx,
} from '@keyholder/storage'
import type { NameSource } from './fetch-needs.ts'
import type { ResultNames } from './result-names.ts'

/** Names as they stand in the database, each look-up in a transaction of its own. */
export function databaseNames(db: Database): NameSource {
  const read = reader(db)
  return {
    accountsNamed: (slugs) => read((tx) => accountsNamed(tx, slugs)),
    accountsOfOrganizations: (ids) => read((tx) => accountsOfOrganizations(tx, ids)),
    organizationsNamed: (account, keys) => read((tx) => organizationsNamed(tx, account, keys)),
    usersNamed: (account, guests, names) => read((tx) => usersNamed(tx, account, guests, names)),
    homesOfUsers: (users) => read((tx) => homesOfUsers(tx, users)),
  }
}

/** What the results of searches are called. */
export function resultNames(db: Database): ResultNames {
  const read = reader(db)
  return {
    namesOfUsers: (users) => read((tx) => namesOfUsers(tx, users)),
    keysOfOrganizations: (account, ids) => read((tx) => keysOfOrganizations(tx, account, ids)),
  }
}

function reader(db: Database) {
  return <Value>(work: (tx: Tx) => Promise<Value>) => transaction(db, 'deployment', work, { readOnly: true })
}
