import {
  refuse,
  succeed,
  type AccessRequestId,
  type AccountId,
  type Answerer,
  type Result,
} from '@keyholder/core'
import { findAccessRequest, type DescribedAccessRequest } from '@keyholder/storage'
import type { Scene } from '../change/scene.ts'
import type { Caller } from '../http/caller.ts'
import type { Reach } from '../http/reach.ts'

/** A request that the caller may answer; any other one is not there for them. */
export async function requestToAnswer(
  scene: Scene,
  account: AccountId,
  id: string,
): Promise<Result<DescribedAccessRequest, { readonly code: 'not_found' }>> {
  const found = await findAccessRequest(scene.tx, account, id as AccessRequestId)
  return found && mayAnswer(scene.reach(account), found) ? succeed(found) : refuse({ code: 'not_found' })
}

/** Whether somebody may give roles where a request asks for it; in words, it could be anywhere. */
export function mayAnswer(reach: Reach, described: DescribedAccessRequest): boolean {
  return reach.may('grant.create', organizationIn(described))
}

/** The organization that a request names. */
export function organizationIn({ request: { place } }: DescribedAccessRequest) {
  return place.kind === 'organization' ? place.organization : undefined
}

/** A key answers with the power of whoever made it, and so never what that person asked for. */
export function answererOf(caller: Caller): Answerer {
  if (caller.kind === 'person' || caller.kind === 'support') return { id: caller.user }
  return { id: caller.key, person: caller.kind === 'key' ? caller.maker?.user : undefined }
}
