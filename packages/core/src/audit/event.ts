import type {
  AccountId,
  ConnectionId,
  EventId,
  KeyId,
  OrganizationId,
  SessionId,
  SupportAccessId,
  UserId,
} from '../id.ts'
import type { Json } from './canonical-json.ts'

/** Who did it, and by which way. */
export type EventActor =
  | {
      readonly kind: 'person'
      readonly user: UserId
      /** The connection through which they came, where they are not a member. */
      readonly connection?: ConnectionId | undefined
      /** The deployment's key with which somebody acted in this person's name. */
      readonly actedFor?: KeyId | undefined
      /** The person's own session. */
      readonly session?: SessionId | undefined
    }
  | { readonly kind: 'key'; readonly key: KeyId; readonly madeBy?: UserId | undefined }
  | { readonly kind: 'operator'; readonly key: KeyId }
  /** Somebody of the operator's staff, in an account that they entered for support. */
  | {
      readonly kind: 'support'
      readonly user: UserId
      readonly access: SupportAccessId
      readonly session: SessionId
    }
  /** Keyholder itself, as at the first start. */
  | { readonly kind: 'system' }
  /** Somebody who was not known yet. */
  | { readonly kind: 'anonymous' }

export interface EventTarget {
  /** `grant`, `invitation`, `member`…: the resource of the action. */
  readonly type: string
  readonly id: string
}

/** What stands in the activity log, without its place in the chain. */
export interface EventContent {
  readonly id: EventId
  /** Milliseconds since 1970, database time. */
  readonly at: number
  /** Dotted, as `grant.create`; a refused attempt has the action that was refused. */
  readonly action: string
  readonly outcome: 'done' | 'refused'
  readonly actor: EventActor
  readonly target?: EventTarget | undefined
  readonly organization?: OrganizationId | undefined
  /** The accounts whose logs it stands in, with the same hash in each. */
  readonly accounts: readonly AccountId[]
  /** Only what changed, never a secret. */
  readonly before?: Json | undefined
  readonly after?: Json | undefined
  /** Why it was refused, or the reason that was given. */
  readonly reason?: string | undefined
  readonly request?: string | undefined
}

/** An event in an account's log: its own hash, and the link that binds it to all before it. */
export interface ChainedEvent {
  readonly sequence: number
  readonly content: EventContent
  readonly hash: string
  readonly link: string
}
