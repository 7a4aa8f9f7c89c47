import type { AccountId, Actor, KeyId, PermissionSet, SupportAccessId, UserId } from '@keyholder/core'
import type { OpenSession } from '../session/open-session.ts'

/** Who sent a request, as far as its credentials say. What they may do is looked up anew each time. */
export type Caller =
  | {
      readonly kind: 'operator'
      readonly key: KeyId
      /** A deployment key that only asks for decisions opens nothing else. */
      readonly opens: 'everything' | 'decisions'
    }
  | {
      readonly kind: 'key'
      readonly key: KeyId
      readonly account: AccountId
      readonly scopes: PermissionSet
      /** Left out where the operator made it: then its scopes alone bound it. */
      readonly maker?: { readonly user: UserId; readonly home: AccountId } | undefined
    }
  | {
      readonly kind: 'person'
      readonly user: UserId
      readonly home: AccountId
      readonly email: string
      /** The deployment key that vouches for the person, where they did not sign in themselves. */
      readonly through?: KeyId | undefined
      readonly session?: OpenSession | undefined
    }
  /** Somebody of the operator's staff in an account that they entered for support; nothing of their own counts. */
  | {
      readonly kind: 'support'
      readonly user: UserId
      readonly home: AccountId
      readonly session: OpenSession
      readonly access: SupportAccessId
      /** The one account that the access opens. */
      readonly account: AccountId
      readonly permissions: PermissionSet
    }

/** A person with a session of their own. */
export type SignedIn = Extract<Caller, { kind: 'person' }> & { readonly session: OpenSession }

/** The caller as the core's judge knows them. */
export function actorOf(caller: Caller): Actor {
  switch (caller.kind) {
    case 'operator':
      return { kind: 'operator', key: caller.key }
    case 'key':
      return { kind: 'key', key: caller.key, scopes: caller.scopes, madeBy: caller.maker?.user }
    case 'person':
      return { kind: 'person', user: caller.user }
    case 'support': {
      const { user, access, permissions } = caller
      return { kind: 'support', user, access, permissions }
    }
  }
}

/** The account that a caller belongs to or was let into for support, whose log tells of what they tried elsewhere. */
export function homeOf(caller: Caller): AccountId | undefined {
  if (caller.kind === 'key' || caller.kind === 'support') return caller.account
  return caller.kind === 'person' ? caller.home : undefined
}

/** The accounts without which it cannot be said what a caller holds in this one. */
export function accountsBehind(caller: Caller, account: AccountId): AccountId[] {
  if (caller.kind === 'person') return [account, caller.home]
  return caller.kind === 'key' && caller.maker ? [account, caller.maker.home] : [account]
}
