import { randomBytes } from 'node:crypto'

const prefixes = {
  account: 'acc',
  connection: 'con',
  event: 'evt',
  grant: 'grt',
  group: 'grp',
  invitation: 'inv',
  key: 'key',
  mail: 'mail',
  organization: 'org',
  role: 'rol',
  site: 'sit',
  user: 'usr',
} as const

export type NewId = typeof newId

/** A new id: random, and in the order of its making when sorted, so that indexes grow at their end. */
export function newId<Id extends string>(kind: keyof typeof prefixes, now: number = Date.now()): Id {
  const time = now.toString(36).padStart(9, '0')
  const random = randomBytes(10).toString('hex')
  return `${prefixes[kind]}_${time}${random}` as Id
}
