import type { AccountId, OrganizationId } from '@keyholder/core'
import type { AnswerOf, BodyOf, Endpoint, ParamsOf, ProblemCode, QueryOf } from '@keyholder/contract'
import type { Browser } from '../session/browser.ts'
import type { Caller, SignedIn } from './caller.ts'
import type { Reach } from './reach.ts'

/** The account of the path, as it stood when the request came. */
export interface AccountOfPath {
  readonly id: AccountId
  readonly slug: string
  readonly name: string
}

type CallerOf<E extends Endpoint> = E['access'] extends 'public'
  ? undefined
  : E['access'] extends `${string}session`
    ? SignedIn
    : Caller

type Slotted<E extends Endpoint, Slot extends string, Value> = Slot extends keyof ParamsOf<E>
  ? Value
  : undefined

/** A request that was let in: who calls, where, and what they sent, as the endpoint's schemas read it. */
export interface Call<E extends Endpoint = Endpoint> {
  readonly endpoint: E
  readonly requestId: string
  readonly browser: Browser
  readonly caller: CallerOf<E>
  readonly account: Slotted<E, 'account', AccountOfPath>
  /**
   * The organization that the path, body or query names, where the endpoint's access is of an organization. The one
   * that the caller was let into: its key may mean another one by now.
   */
  readonly organization: 'organization' extends keyof ParamsOf<E>
    ? OrganizationId
    : OrganizationId | undefined
  /** Where in the account the caller holds which permission. */
  readonly reach: Slotted<E, 'account', Reach>
  readonly params: ParamsOf<E>
  readonly query: QueryOf<E>
  readonly body: BodyOf<E>
  readonly conditions: Conditions
}

/** What the request's headers and `?preview` say about how to carry it out. */
export interface Conditions {
  readonly preview: boolean
  /** The hash of the preview that this request applies. */
  readonly previewed?: string | undefined
  /** The version that `If-Match` names. */
  readonly version?: number | undefined
  readonly idempotencyKey?: string | undefined
  /** Of all that makes two requests the same request. */
  readonly requestHash: string
}

/** An answer in its final form, as it is kept with the change, or sent for a preview. */
export interface Finished {
  readonly finished: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly text: string
  }
}

export interface Refused<Code extends ProblemCode = ProblemCode> {
  readonly ok: false
  readonly refusal: { readonly code: Code; readonly detail?: string }
}

export type Reply<E extends Endpoint> = AnswerOf<E> | Refused | Finished

export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<Reply<E>>
