import { describe, expect, test } from 'vitest'
import type { Connection } from '../connection/connection.ts'
import type { Grant } from '../grant/grant.ts'
import type { AccountId, ConnectionId, GrantId, InvitationId, RoleId, UserId } from '../id.ts'
import { deleteRole } from './delete-role.ts'

const role = { id: 'rol_1' as RoleId }
const viewer = 'viewer' as RoleId
const grant: Grant = {
  id: 'grt_1' as GrantId,
  subject: { kind: 'user', id: 'usr_dana' as UserId },
  role: role.id,
  endsAt: 9,
}
const connection: Connection = {
  id: 'con_1' as ConnectionId,
  host: 'acc_1' as AccountId,
  guest: 'acc_2' as AccountId,
  maximum: role.id,
  delegates: 'everyone',
  status: 'active',
}
const nobody = { grants: [], connections: [], invitations: [] }

describe('deleting a custom role', () => {
  test('is done at once when nobody holds it', () => {
    expect(deleteRole(role, nobody)).toEqual({ ok: true, value: [{ kind: 'role_removed', id: role.id }] })
  })

  test('is refused with the list of holders', () => {
    const holders = { grants: [grant], connections: [connection], invitations: ['inv_1' as InvitationId] }

    expect(deleteRole(role, holders)).toEqual({ ok: false, refusal: { code: 'role_held', ...holders } })
  })

  test.each([
    ['a grant', { ...nobody, grants: [grant] }],
    ['a connection', { ...nobody, connections: [connection] }],
  ])('is refused while no more than %s holds it', (_, holders) => {
    expect(deleteRole(role, holders)).toEqual({ ok: false, refusal: { code: 'role_held', ...holders } })
  })

  test('puts the replacement in its place everywhere, with the same bounds, before it goes', () => {
    expect(deleteRole(role, { ...nobody, grants: [grant], connections: [connection] }, viewer)).toEqual({
      ok: true,
      value: [
        { kind: 'connection_set', connection: { ...connection, maximum: viewer } },
        { kind: 'grant_set', grant: { ...grant, role: viewer } },
        { kind: 'role_removed', id: role.id },
      ],
    })
  })

  test('is refused while an open invitation promises it, replacement or not', () => {
    const holders = { ...nobody, invitations: ['inv_1' as InvitationId] }

    expect(deleteRole(role, holders, viewer)).toEqual({
      ok: false,
      refusal: { code: 'role_held', ...holders },
    })
  })

  test('is refused with itself as the replacement', () => {
    expect(deleteRole(role, nobody, role.id)).toEqual({
      ok: false,
      refusal: { code: 'role_replaces_itself' },
    })
  })
})
