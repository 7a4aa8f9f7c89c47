import type { AccessChange, AccountChanges, Bounds, Subject } from '@keyholder/core'
import { momentText } from './moment-text.ts'
import type { NameOf } from './names-in.ts'

/** What is changed in an account, on one line. */
export function changesLine({ account, changes }: AccountChanges, nameOf: NameOf): string {
  return `in ${nameOf(account)}, ${changes.map((change) => changeText(change, nameOf)).join(', and ')}`
}

function changeText(change: AccessChange, nameOf: NameOf): string {
  switch (change.kind) {
    case 'account_set':
      return `make the account ${change.status}`
    case 'organization_set':
      return `add the organization ${nameOf(change.id)}`
    case 'organization_removed':
      return `remove the organization ${nameOf(change.id)}`
    case 'role_set':
      return `change the role ${change.role.key}`
    case 'role_removed':
      return `remove the role ${nameOf(change.id)}`
    case 'member_set':
      return memberText(change, nameOf)
    case 'member_removed':
      return `remove ${nameOf(change.user)}`
    case 'group_set':
      return `change the group ${change.group.key}`
    case 'group_removed':
      return `remove the group ${nameOf(change.id)}`
    case 'group_member_added':
      return `put ${subjectText(change.member, nameOf)} into the group ${nameOf(change.group)}`
    case 'group_member_removed':
      return `take ${subjectText(change.member, nameOf)} out of the group ${nameOf(change.group)}`
    case 'grant_set':
      return grantText(change, nameOf)
    case 'grant_removed':
      return `take away ${nameOf(change.id)}`
    case 'connection_set': {
      const { id, status, maximum } = change.connection
      const when = boundsText(change.connection)
      return `let the connection ${nameOf(id)} be ${status}, at most ${nameOf(maximum)}${when}`
    }
  }
}

function memberText({ member }: Extract<AccessChange, { kind: 'member_set' }>, nameOf: NameOf): string {
  const { user, status, kind } = member
  return `have ${nameOf(user)} as ${status === 'active' ? 'an active' : 'a suspended'} ${kind === 'external' ? 'external ' : ''}member`
}

function grantText({ grant }: Extract<AccessChange, { kind: 'grant_set' }>, nameOf: NameOf): string {
  const { subject, role, organization } = grant
  const scope = organization === undefined ? 'over the account' : `on ${nameOf(organization)}`
  const given = role === undefined ? 'the maximum role' : nameOf(role)
  return `grant ${given} ${scope} to ${subjectText(subject, nameOf)}${boundsText(grant)}`
}

function subjectText({ kind, id }: Subject, nameOf: NameOf): string {
  return kind === 'user' ? nameOf(id) : `${kind} ${nameOf(id)}`
}

function boundsText({ startsAt, endsAt }: Bounds): string {
  const from = startsAt === undefined ? '' : ` from ${momentText(startsAt)}`
  return `${from}${endsAt === undefined ? '' : ` until ${momentText(endsAt)}`}`
}
