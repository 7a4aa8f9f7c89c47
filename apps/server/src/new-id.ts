import { randomBytes } from 'node:crypto'

const prefixes = {
  access_request: 'arq',
  account: 'acc',
  challenge: 'chl',
  connection: 'con',
  event: 'evt',
  grant: 'grt',
  group: 'grp',
  invitation: 'inv',
  key: 'key',
  mail: 'mail',
  mfa_token: 'mft',
  organization: 'org',
  role: 'rol',
  session: 'ses',
  site: 'sit',
  sso_connection: 'sso',
  sso_identity: 'sid',
  support_access: 'sup',
  user: 'usr',
} as const

export type NewId = typeof newId

/** A new id: random, and in the order of its making when sorted, so that indexes grow at their end. */
export function newId<Id extends string>(kind: keyof typeof prefixes, now: number = Date.now()): Id {
  const time = now.toString(36).padStart(9, '0')
  const random = randomBytes(10).toString('hex')
  return `${prefixes[kind]}_${time}${random}` as Id
}
