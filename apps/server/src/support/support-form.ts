import type { ListedSupportAccess } from '@keyholder/storage'

/** A support access as the API shows it, to the staff and to the account alike. */
export function supportForm({ access, email, name, account }: ListedSupportAccess) {
  const { ended } = access
  return {
    id: access.id,
    account: { id: access.account, ...account },
    operator: { user: access.user, email, name: name ?? null },
    scope: access.scope,
    reason: access.reason,
    started_at: new Date(access.startedAt).toISOString(),
    ends_at: new Date(access.endsAt).toISOString(),
    ended: ended ? { at: new Date(ended.at).toISOString(), by: ended.by } : null,
  }
}

/** An access as it is at this moment: over from its end on, whether or not that has been noted. */
export function asOf(listed: ListedSupportAccess, at: number): ListedSupportAccess {
  const { access } = listed
  if (access.ended || at < access.endsAt) return listed
  return { ...listed, access: { ...access, ended: { at: access.endsAt, by: 'expiry' } } }
}
