import { randomInt } from 'node:crypto'
import { normalisePassword, type AccountId, type Blueprint, type Email } from '@keyholder/core'
import { createOperatorKey, HashQueue, newId, secretHash, type OperatorKeyRequest } from '@keyholder/server'
import {
  accountsNamed,
  findKey,
  findSignIn,
  savePassword,
  transaction,
  type Database,
} from '@keyholder/storage'
import type { World } from '@keyholder/world'
import type { DemoFile, DemoUser } from './demo-file.ts'

interface Deps {
  readonly db: Database
  readonly blueprint: Blueprint
}

/**
 * The keys and passwords with which a world's accounts can be used: those of an earlier start where they are still
 * good, and new ones for the rest.
 */
export async function openDemo(
  deps: Deps,
  world: World,
  earlier: Partial<DemoFile>,
): Promise<Omit<DemoFile, 'base_url'>> {
  const slugs = world.accounts.map(({ slug }) => slug)
  const ids = await transaction(deps.db, 'deployment', (tx) => accountsNamed(tx, slugs), { readOnly: true })

  const accounts: Record<string, DemoFile['accounts'][string]> = {}
  for (const { slug, name } of world.accounts) {
    const id = ids.get(slug)
    if (id === undefined) continue
    const key = await keyFor(
      deps,
      earlier.accounts?.[slug]?.key,
      { account: slug, name: 'Demo', scopes: ['*'] },
      id,
    )
    accounts[slug] = { id, name, key }
  }
  const users = usersOf(world, earlier.users ?? {})
  await givePasswords(deps.db, users, earlier.users ?? {})
  return {
    decision_key: await keyFor(deps, earlier.decision_key, {
      name: 'Demo: decisions',
      scopes: ['decisions'],
    }),
    operator_key: await keyFor(deps, earlier.operator_key, { name: 'Demo: everything', scopes: ['*'] }),
    accounts,
    users,
  }
}

/** The earlier secret while it opens what it should, else that of a new key, which takes its place. */
async function keyFor(
  deps: Deps,
  secret: string | undefined,
  request: OperatorKeyRequest,
  account?: AccountId,
): Promise<string> {
  if (secret !== undefined) {
    const known = await transaction(deps.db, 'deployment', (tx) => findKey(tx, secretHash(secret)), {
      readOnly: true,
    })
    if (known && known.account === account) return secret
  }
  const created = await createOperatorKey({ ...deps, newId }, { ...request, replaces: true })
  if (!created.ok) throw new Error(`the demo's key \`${request.name}\` was refused: ${created.refusal.code}`)
  return created.value.secret
}

function usersOf({ accounts }: World, earlier: Partial<DemoFile['users']>): DemoFile['users'] {
  const users = accounts.flatMap(({ slug, users: people }) =>
    people.map(({ key, name, email }): [string, DemoUser] => {
      const password = earlier[key]?.password ?? newPassword()
      return [key, { name, email, password, account: slug }]
    }),
  )
  return Object.fromEntries(users)
}

/** Gives people their passwords: to everybody who has none, and to those whose earlier one is not known any more. */
async function givePasswords(
  db: Database,
  users: DemoFile['users'],
  earlier: Partial<DemoFile['users']>,
): Promise<void> {
  const hashes = new HashQueue()
  for (const [key, { email, password }] of Object.entries(users)) {
    const person = await transaction(db, 'deployment', (tx) => findSignIn(tx, { email: email as Email }))
    const isGood = person?.passwordHash !== undefined && earlier[key] !== undefined
    const typed = normalisePassword(password)
    if (!person || !typed || isGood) continue
    const hash = await hashes.hash(typed)
    if (!hash.ok) throw new Error('a password of the demo was not hashed')
    await transaction(db, 'deployment', (tx) => savePassword(tx, person.user, hash.value))
  }
  hashes.close()
}

/** No vowels, and nothing that looks like something else. */
const letters = 'bcdfghjkmnpqrstvwxz23456789'

/** Four groups that can be read out and typed: about 76 bits in 19 characters. */
function newPassword(): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}
