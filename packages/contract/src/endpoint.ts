import type { z } from 'zod'
import type { ProblemCode } from './problem.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * What a caller needs to be let in; an endpoint without it does not compile, and a route without it does not start.
 *
 * `account`: the permission over the whole account of the path. `organization`: the permission in the organization
 * that the path, or else the field `organization` of the body or of the query, names; where none is named, over the
 * whole account. `anywhere`: the permission in at least one place; the handler shows and touches only those places.
 */
export type Access =
  | { readonly permission: string; readonly at: 'account' | 'organization' | 'anywhere' }
  /** Whoever has any access in the account of the path. */
  | 'anyone_with_access'
  /** Whoever brings a valid key; the handler bounds what they see. */
  | 'any_caller'
  /** A person with a session of their own: signed in, or in the middle of it; keys open none of these. */
  | 'session'
  | 'begun_session'
  /** A session in which everything was proven a moment ago, as changing credentials demands. */
  | 'fresh_session'
  /** A fresh session, or a sign-in that waits for a first second factor to be set up. */
  | 'enrolling_session'
  /** The deployment's owner alone. */
  | 'deployment'
  | 'public'

/** A body that is not one JSON value: a stream, or a page. */
export interface Content {
  readonly contentTypes: readonly string[]
  readonly description: string
}

export type AnswerBody = z.ZodType | Content

/** One endpoint of the HTTP API as data: the routes, the OpenAPI document, the reference and the client come from it. */
export interface Endpoint {
  /** `<feature>.<what it does>`, stable: cursors, events of denied attempts and the client's methods carry it. */
  readonly id: `${string}.${string}`
  readonly method: Method
  /** With its slots in braces, as `slot.ts` describes them: `/api/v1/accounts/{account}`. */
  readonly path: `/${string}`
  readonly summary: string
  readonly description?: string
  readonly access: Access
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly answers: Readonly<Record<number, AnswerBody>>
  /** The refusals beside those that every endpoint can give. */
  readonly problems: readonly ProblemCode[]
  /** Takes `?preview=true` and `Keyholder-Preview`, and answers with `Keyholder-Revision`. */
  readonly changesAccess?: boolean
  /** Takes `Idempotency-Key`. */
  readonly creates?: boolean
  /** Demands `If-Match`. */
  readonly edits?: boolean
  /** Takes a form that a page of another site sends, as an identity provider's answer comes. */
  readonly takesForms?: boolean
}

/** Declares an endpoint and keeps every part of its type, for the handler and the client. */
export function endpoint<const E extends Endpoint>(declared: E): E {
  return Object.freeze(declared)
}

type SlotsIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | SlotsIn<Rest>
  : never

export type ParamsOf<E extends Endpoint> = { readonly [Name in SlotsIn<E['path']>]: string }

export type QueryOf<E extends Endpoint> = E extends { readonly query: infer Q extends z.ZodType }
  ? z.output<Q>
  : Readonly<Record<never, never>>

export type BodyOf<E extends Endpoint> = E extends { readonly body: infer B extends z.ZodType }
  ? z.output<B>
  : undefined

export type StreamBody = AsyncIterable<string> | string

type Written<Body> = Body extends z.ZodType ? z.input<Body> : StreamBody

/** What a handler may answer: one of the declared statuses with its body. */
export type AnswerOf<E extends Endpoint> = {
  [Status in keyof E['answers'] & number]: {
    readonly status: Status
    readonly body: Written<E['answers'][Status]>
    readonly headers?: Readonly<Record<string, string>> | undefined
    /** The version of what is answered; it becomes the ETag. */
    readonly version?: number | undefined
  }
}[keyof E['answers'] & number]

export function isContent(body: AnswerBody): body is Content {
  return 'contentTypes' in body
}

/** The names of an endpoint's slots, in the order of its path. */
export function slotsOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? [])
}
