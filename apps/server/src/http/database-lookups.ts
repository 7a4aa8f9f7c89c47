import {
  findAccount,
  findKey,
  findOrganization,
  findPerson,
  transaction,
  type Database,
  type Tx,
} from '@keyholder/storage'
import type { HttpDeps } from './http-deps.ts'

type Lookups = Pick<HttpDeps, 'findKey' | 'findPerson' | 'findAccount' | 'findOrganization'>

/** The names in requests, looked up in the database: across accounts, because it is not known yet whose they are. */
export function databaseLookups(db: Database): Lookups {
  const read = <Found>(look: (tx: Tx) => Promise<Found>) =>
    transaction(db, 'deployment', look, { readOnly: true })
  return {
    findKey: (secretHash) => read((tx) => findKey(tx, secretHash)),
    findPerson: (name) => read((tx) => findPerson(tx, name)),
    findAccount: (name) => read((tx) => findAccount(tx, name)),
    findOrganization: async (account, name) => {
      const found = await transaction(db, [account], (tx) => findOrganization(tx, account, name), {
        readOnly: true,
      })
      return found?.id
    },
  }
}
