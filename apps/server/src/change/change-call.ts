import type { OrganizationId } from '@keyholder/core'
import type { Endpoint } from '@keyholder/contract'
import type { AccountOfPath, Conditions } from '../http/call.ts'
import type { Caller } from '../http/caller.ts'

/** What the pipeline needs of the request that it carries out. */
export interface ChangeCall<E extends Endpoint = Endpoint> {
  readonly endpoint: E
  readonly requestId: string
  readonly caller: Caller
  readonly account: AccountOfPath | undefined
  readonly organization: OrganizationId | undefined
  readonly conditions: Conditions
}
