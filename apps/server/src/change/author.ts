import type { Actor, Author, AccountId, Blueprint } from '@keyholder/core'
import { findApiKey, findUser, type Tx } from '@keyholder/storage'
import type { Caller } from '../http/caller.ts'
import { reachOf, type Asker, type Reach } from '../http/reach.ts'
import { scopeSet } from '../http/scopes.ts'
import type { Scene } from './scene.ts'

/** The caller, as whoever makes something that takes effect later is remembered. */
export function authorOf(caller: Caller): Author {
  // What takes effect later is a matter of access, and none of it is open to support.
  if (caller.kind === 'support') throw new Error('support made something that takes effect later')
  return caller.kind === 'person'
    ? { kind: 'person', id: caller.user }
    : { kind: caller.kind, id: caller.key }
}

/** Somebody who answers for what takes effect now: as the laws know them, and as rights are asked of them. */
export interface Answerable {
  readonly actor: Actor
  readonly asker: Asker
}

/**
 * Whoever is remembered as an author, unless they are gone: a removed person, a key that was revoked or has ended.
 *
 * Takes a transaction of the whole deployment. What they may do is for `mayStill` to say, on the locked account.
 */
export async function findAnswerable(
  tx: Tx,
  blueprint: Blueprint,
  account: AccountId,
  author: Author,
  at: number,
): Promise<Answerable | undefined> {
  if (author.kind === 'person') {
    const user = await findUser(tx, author.id)
    return (
      user && {
        actor: { kind: 'person', user: user.id },
        asker: { kind: 'person', user: user.id, home: user.home },
      }
    )
  }
  const key = await findApiKey(tx, author.kind === 'key' ? account : undefined, author.id)
  if (!key || key.revokedAt || (key.endsAt && key.endsAt.getTime() <= at)) return undefined
  if (author.kind === 'operator') {
    return {
      actor: { kind: 'operator', key: key.id },
      asker: { kind: 'operator', opens: key.scopes.includes('*') ? 'everything' : 'decisions' },
    }
  }

  const maker = key.madeBy && (await findUser(tx, key.madeBy))
  const scopes = scopeSet(blueprint, key.scopes)
  return {
    actor: { kind: 'key', key: key.id, scopes, madeBy: key.madeBy },
    asker: { kind: 'key', account, scopes, maker: maker && { user: maker.id, home: maker.home } },
  }
}

/** What an author may do in an account of the scene, at this very revision. */
export function reachNow({ directory, at }: Scene, account: AccountId, { asker }: Answerable): Reach {
  return reachOf({ directory, at }, asker, account)
}
