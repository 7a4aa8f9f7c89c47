import type { Slot } from '@keyholder/contract'
import type { Arena } from '../arena.ts'
import type { SampledRequest } from '../sample-request.ts'

/** Who sends a request: somebody of the account, for whom a key vouches or with a session, one of its keys, or somebody who comes in from elsewhere. */
export type Sender =
  | 'superuser'
  | 'session'
  | 'key'
  | 'external'
  | 'partner'
  | 'operator'
  /** Somebody of the operator's staff, with a session of their own. */
  | 'staff'
  | 'nobody'

interface WantedRequest extends Partial<SampledRequest> {
  /** Who may send it, where it is not the account's superuser. */
  readonly as?: Sender
  /** How many changes it makes, each with its event, where it is not one. */
  readonly events?: number
}

/** What the attacks have to know of an endpoint where a sampled request would not be carried out. */
interface AttackCase {
  /** Requests that are carried out in this order; each place that names something stands in one of them. */
  readonly requests?: (own: Arena) => readonly WantedRequest[]
  /** Places that name something without being declared by `naming`, as `query:actor`. */
  readonly also?: Readonly<Record<string, Slot>>
  /** Places where everybody may name anything: what is behind them is for everybody, as `body:/connection`. */
  readonly forEverybody?: readonly string[]
  /** It changes nothing, although its method is not GET. */
  readonly reads?: true
}

export type AttackCases = Readonly<Record<string, AttackCase>>
