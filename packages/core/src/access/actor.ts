import type { KeyId, SupportAccessId, UserId } from '../id.ts'
import type { PermissionSet } from '../role/permission-set.ts'

/** Who asks for a change. */
export type Actor =
  | { readonly kind: 'person'; readonly user: UserId }
  /** An account's API key: its scopes, and never more than its maker holds at that moment. */
  | {
      readonly kind: 'key'
      readonly key: KeyId
      readonly scopes: PermissionSet
      readonly madeBy?: UserId | undefined
    }
  /** Somebody of the operator's staff in an account that they entered for support: what that opens, in every place. */
  | {
      readonly kind: 'support'
      readonly user: UserId
      readonly access: SupportAccessId
      readonly permissions: PermissionSet
    }
  /** The deployment's owner: bounded by the laws (last superuser), not by permissions. */
  | { readonly kind: 'operator'; readonly key: KeyId }
