import type {
  AccessChange,
  AccountId,
  Actor,
  EventTarget,
  Json,
  OrganizationId,
  UserId,
} from '@keyholder/core'
import type { AnswerOf, Endpoint } from '@keyholder/contract'
import type { Tx } from '@keyholder/storage'
import type { OutgoingMail } from './outgoing-mail.ts'

/** The changes of access in one account. */
export interface AccountChanges {
  readonly account: AccountId
  readonly changes: readonly AccessChange[]
  /** The guest account for which the caller acts upon a connection of `account`. */
  readonly actingFor?: AccountId | undefined
  /** Whose power the changes are held against, where it is not the caller's: an inviter's, when the invitee accepts. */
  readonly judgedAs?: Actor | undefined
  /**
   * Moves the revision where no access changes: of the other side, which has to do with the change all the same, or
   * because a name by which questions are asked means something else.
   */
  readonly moves?: boolean | undefined
}

/** What a later act of somebody else's would change, if it came now: nothing is gained before, and a preview tells it. */
export interface Promised {
  /** Whose act it is. */
  readonly email: string
  readonly account: AccountId
  readonly user: UserId
  readonly home: AccountId
  readonly changes: readonly AccessChange[]
}

/** An event as a use case tells it; who, when and by which request is added by the pipeline. */
export interface EventDraft {
  /** Dotted, as `grant.create`. */
  readonly action: string
  readonly target: EventTarget
  readonly organization?: OrganizationId | undefined
  /** Where it concerns others than the account of the path; in each of these logs it stands under the same hash. */
  readonly accounts?: readonly AccountId[]
  readonly before?: Json | undefined
  readonly after?: Json | undefined
  readonly reason?: string | undefined
}

/** What a use case has decided: all that is to be written, and how it is answered once it is. */
export interface ChangePlan<E extends Endpoint> {
  /** What decides about access. Left out where the change is about something else, as a name. */
  readonly access?: readonly AccountChanges[]
  /** Writes what the changes of access refer to, as a new person. */
  readonly before?: (tx: Tx) => Promise<void>
  /** Writes what is no matter of access, as names; runs after the changes of access are written. */
  readonly rows?: (tx: Tx) => Promise<void>
  /** What is offered with it, and gained once it is accepted. */
  readonly promised?: readonly Promised[]
  readonly events: readonly EventDraft[]
  /** They leave when the change is committed, and only then. */
  readonly mails?: readonly OutgoingMail[]
  /** Runs last, and may read back what was written. */
  readonly answer: (tx: Tx) => Promise<AnswerOf<E>>
}
