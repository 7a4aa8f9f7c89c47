import {
  findAccount,
  findKey,
  findOpenSupportAccess,
  findOrganization,
  findPerson,
  readEntryPolicy,
  touchKeys,
  touchMember,
  transaction,
  type Database,
  type Tx,
} from '@keyholder/storage'
import type { KeyId } from '@keyholder/core'
import type { FastifyBaseLogger } from 'fastify'
import { openSession } from '../session/open-session.ts'
import type { HttpDeps, Presence } from './http-deps.ts'
import { usage } from './usage.ts'

type Lookups = Pick<
  HttpDeps,
  | 'findKey'
  | 'findSupportAccess'
  | 'noteMember'
  | 'openSession'
  | 'entryPolicy'
  | 'findPerson'
  | 'findAccount'
  | 'findOrganization'
>

/** The names in requests, looked up in the database: across accounts, because it is not known yet whose they are. */
export function databaseLookups(db: Database, log: FastifyBaseLogger): Lookups {
  const noteKey = usage<KeyId>({ db, log }, String, (tx, key) => touchKeys(tx, [key]))
  const noteMember = usage<Presence>(
    { db, log },
    ({ account, user }) => `${account} ${user}`,
    (tx, { account, user }) => touchMember(tx, account, user),
  )
  const read = <Found>(look: (tx: Tx) => Promise<Found>) =>
    transaction(db, 'deployment', look, { readOnly: true })
  return {
    findKey: async (secretHash) => {
      const found = await read((tx) => findKey(tx, secretHash))
      if (found) noteKey(found.id)
      return found
    },
    openSession: (token, options) => openSession(db, token, options),
    entryPolicy: (account, home) => read((tx) => readEntryPolicy(tx, account, home)),
    noteMember,
    findSupportAccess: (id, user) => read((tx) => findOpenSupportAccess(tx, id, user)),
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
