import {
  findAccount,
  findKey,
  findOrganization,
  findPerson,
  readEntryPolicy,
  transaction,
  type Database,
  type Tx,
} from '@keyholder/storage'
import type { FastifyBaseLogger } from 'fastify'
import { openSession } from '../session/open-session.ts'
import type { HttpDeps } from './http-deps.ts'
import { keyUsage } from './key-usage.ts'

type Lookups = Pick<
  HttpDeps,
  'findKey' | 'openSession' | 'entryPolicy' | 'findPerson' | 'findAccount' | 'findOrganization'
>

/** The names in requests, looked up in the database: across accounts, because it is not known yet whose they are. */
export function databaseLookups(db: Database, log: FastifyBaseLogger): Lookups {
  const note = keyUsage(db, log)
  const read = <Found>(look: (tx: Tx) => Promise<Found>) =>
    transaction(db, 'deployment', look, { readOnly: true })
  return {
    findKey: async (secretHash) => {
      const found = await read((tx) => findKey(tx, secretHash))
      if (found) note(found.id)
      return found
    },
    openSession: (token, options) => openSession(db, token, options),
    entryPolicy: (account, home) => read((tx) => readEntryPolicy(tx, account, home)),
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
