import { supportPermissions, type SupportAccessId } from '@keyholder/core'
import type { Caller } from './caller.ts'
import type { HttpDeps } from './http-deps.ts'

/** Names the support access in which a person of the staff sends a request, beside their own session. */
export const supportHeader = 'keyholder-support-access'

/**
 * The person of the staff as they are in the account that they entered: with what the access opens there, and with
 * nothing of their own.
 *
 * Undefined where the access is not theirs, or over, or the account has turned support access off: it is looked up at
 * every request, so whoever ends it is heard at the next one on every node. And undefined for whoever has not proven a
 * second factor in this very session.
 */
export async function underSupport(
  { blueprint, findSupportAccess }: Pick<HttpDeps, 'blueprint' | 'findSupportAccess'>,
  caller: Caller,
  named: string,
): Promise<Extract<Caller, { kind: 'support' }> | undefined> {
  const session = caller.kind === 'person' ? caller.session : undefined
  if (!session || session.state.pending || session.state.secondFactor === undefined) return undefined
  const access = await findSupportAccess(named as SupportAccessId, session.user)
  return (
    access && {
      kind: 'support',
      user: session.user,
      home: session.home,
      session,
      access: access.id,
      account: access.account,
      permissions: supportPermissions(blueprint, access.scope),
    }
  )
}
