import type { KeyId, UserId } from '../id.ts'

/** Who made something that takes effect later; what they may do is looked up again at that moment. */
export type Author =
  | { readonly kind: 'person'; readonly id: UserId }
  | { readonly kind: 'key'; readonly id: KeyId }
  | { readonly kind: 'operator'; readonly id: KeyId }
