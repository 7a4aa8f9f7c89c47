import { heldForms } from '@keyholder/core'
import type {
  AccessChange,
  AccountFacts,
  Blueprint,
  Connection,
  CustomRole,
  Grant,
  Json,
  OrganizationId,
} from '@keyholder/core'
import type { DescribedOrganization } from '@keyholder/storage'
import type { EventDraft } from '../change/change-plan.ts'
import type { Outstanding } from './bring-about.ts'
import type { NameChanges } from './wanted-names.ts'

/** What the log tells of an import's changes of access: one event each, as if they were made one by one. */
export function accessEvents({ before, changes, names }: Outstanding, blueprint: Blueprint): EventDraft[] {
  return changes.map(eventOf(before, names, blueprint))
}

function eventOf(
  facts: AccountFacts,
  names: NameChanges,
  blueprint: Blueprint,
): (change: AccessChange) => EventDraft {
  const roles = byId(facts.roles)
  const groups = byId(facts.groups)
  const grants = byId(facts.grants)
  const connections = byId(facts.connections)
  const called = byId(names.organizations)
  const members = new Map(facts.members.map((member) => [member.user, member]))

  return (change) => {
    switch (change.kind) {
      case 'account_set':
        return set('account', facts.id, { status: facts.status }, { status: change.status })
      case 'organization_set':
        return {
          ...set('organization', change.id, undefined, organizationForm(called.get(change.id))),
          organization: change.id,
        }
      case 'organization_removed':
        return { ...gone('organization', change.id), organization: change.id }
      case 'role_set': {
        const { role } = change
        const was = roles.get(role.id)
        return set('role', role.id, was && roleForm(was, blueprint), roleForm(role, blueprint))
      }
      case 'role_removed': {
        const was = roles.get(change.id)
        return gone('role', change.id, was && roleForm(was, blueprint))
      }
      case 'member_set': {
        const { user, kind, status } = change.member
        return set('member', user, members.get(user) && { status: members.get(user)?.status }, {
          kind,
          status,
        })
      }
      case 'member_removed':
        return { ...gone('member', change.user), action: 'member.remove' }
      case 'group_set': {
        const { id, key, name, kind } = change.group
        const was = groups.get(id)
        return set('group', id, was && { key: was.key, name: was.name, kind: was.kind }, { key, name, kind })
      }
      case 'group_removed':
        return gone('group', change.id, { key: groups.get(change.id)?.key })
      case 'group_member_added':
        return {
          ...set('group', change.group, {}, { [change.member.kind]: change.member.id }),
          action: 'group.add_member',
        }
      case 'group_member_removed':
        return {
          ...gone('group', change.group, { [change.member.kind]: change.member.id }),
          action: 'group.remove_member',
        }
      case 'grant_set':
        return grantEvent(set('grant', change.grant.id, undefined, grantForm(change.grant)), change.grant)
      case 'grant_removed': {
        const was = grants.get(change.id)
        return grantEvent(gone('grant', change.id, was && grantForm(was)), was)
      }
      case 'connection_set':
        return connectionEvent(change.connection, connections.get(change.connection.id))
    }
  }
}

function byId<Thing extends { readonly id: string }>(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map((thing) => [thing.id, thing]))
}

function set(type: string, id: string, before: Json | undefined, after?: Json): EventDraft {
  return {
    action: `${type}.${before === undefined ? 'create' : 'update'}`,
    target: { type, id },
    before,
    after,
  }
}

function gone(type: string, id: string, before?: Json): EventDraft {
  return { action: `${type}.delete`, target: { type, id }, before }
}

function organizationForm(called: DescribedOrganization | undefined): Json | undefined {
  return called && { key: called.key, name: called.name }
}

function roleForm({ key, name, permissions, organizations }: CustomRole, blueprint: Blueprint): Json {
  return { key, name, permissions: heldForms(permissions, blueprint), organizations }
}

function grantForm({ subject, role, organization, startsAt, endsAt }: Grant): Json {
  return { [subject.kind]: subject.id, role, organization, ...bounds(startsAt, endsAt) }
}

function grantEvent(event: EventDraft, grant: Grant | undefined): EventDraft {
  const organization: OrganizationId | undefined = grant?.organization
  return organization === undefined ? event : { ...event, organization }
}

/** It stands in the logs of both accounts. */
function connectionEvent(connection: Connection, was: Connection | undefined): EventDraft {
  const { id, host, guest } = connection
  const event = set('connection', id, was && connectionForm(was), connectionForm(connection))
  return { ...event, accounts: [host, guest] }
}

function connectionForm({ guest, maximum, delegates, status, startsAt, endsAt }: Connection): Json {
  return { guest, maximum, delegates, status, ...bounds(startsAt, endsAt) }
}

function bounds(
  startsAt: number | undefined,
  endsAt: number | undefined,
): { readonly [key: string]: Json | undefined } {
  return { starts_at: moment(startsAt), ends_at: moment(endsAt) }
}

function moment(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString()
}
