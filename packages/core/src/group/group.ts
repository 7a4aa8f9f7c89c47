import type { GroupId } from '../id.ts'
import type { Subject } from '../grant/grant.ts'

export type GroupMember = Extract<Subject, { kind: 'user' | 'connection' }>

/** A named set of members that grants can be given to. */
export interface Group {
  readonly id: GroupId
  readonly key: string
  readonly name: string
  /** `sso` groups are filled at sign-in from the identity provider, never by hand. */
  readonly kind: 'manual' | 'sso'
  readonly members: readonly GroupMember[]
}
