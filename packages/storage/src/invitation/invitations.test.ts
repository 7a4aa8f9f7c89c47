import type { Email, Invitation, InvitationId, InvitationState, RoleId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { writeChanges } from '../access/write-changes.ts'
import { blueprint } from '../blueprint.fixture.ts'
import { transaction } from '../database/transaction.ts'
import { acme, day, globex, group, makeTeam, milan, rome, user } from '../team.fixture.ts'
import {
  findInvitation,
  findInvitationByToken,
  findOpenInvitation,
  insertInvitation,
  lockInvitation,
  openInvitationsOffering,
  updateInvitation,
} from './invitations.ts'
import { listInvitations, type InvitationFilter } from './list-invitations.ts'

const now = Date.now()

function invitation(name: string, change: Partial<Invitation> = {}): Invitation {
  return {
    id: `inv_${name}` as InvitationId,
    account: acme,
    kind: 'external',
    email: `${name}@elsewhere.example` as Email,
    invitedBy: { kind: 'person', id: user('dana') },
    tokenHash: `hash of ${name}`,
    createdAt: now,
    sentAt: now,
    expiresAt: now + 7 * day,
    language: 'pt-BR',
    showInviter: true,
    grants: [
      { role: 'viewer' as RoleId, organization: rome, endsAt: now + day },
      { role: 'editor' as RoleId },
    ],
    groups: [group('night'), group('field')],
    ...change,
  }
}

const settled = (state: 'accepted' | 'declined' | 'revoked') => ({
  settled: { state, at: now, by: user('dana') },
})

describe('invitations', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 8 })
  await makeTeam(db, now)
  beforeEach(() => database.asOwner('truncate invitations cascade'))

  const insert = (each: Invitation) => transaction(db, [acme], (tx) => insertInvitation(tx, each))
  const find = (id: InvitationId) => transaction(db, [acme], (tx) => findInvitation(tx, acme, id))

  test('are kept with all that they bring, in its order', async () => {
    const kept = invitation('erika', { subject: 'Join us', body: 'Hello\n=1+1' })
    await insert(kept)

    expect(await find(kept.id)).toEqual({ invitation: kept, version: 1 })
  })

  test('are kept as they were edited and settled, in a new version', async () => {
    await insert(invitation('erika'))
    const edited = invitation('erika', {
      grants: [{ role: 'viewer' as RoleId, organization: milan }],
      groups: [],
      tokenHash: 'another',
      ...settled('declined'),
    })
    await transaction(db, [acme], (tx) => updateInvitation(tx, edited))

    expect(await find(edited.id)).toEqual({ invitation: edited, version: 2 })
  })

  test('are found by their last link, and by no earlier one', async () => {
    const sent = invitation('erika')
    await insert(sent)
    await transaction(db, [acme], (tx) => updateInvitation(tx, { ...sent, tokenHash: 'new' }))
    const byToken = (hash: string) => transaction(db, 'deployment', (tx) => findInvitationByToken(tx, hash))

    expect(await byToken('new')).toMatchObject({ invitation: { id: sent.id } })
    expect(await byToken(sent.tokenHash)).toBeUndefined()
  })

  test('wait one at a time for the answer from an address', async () => {
    const first = invitation('erika')
    expect(await insert(first)).toBe(true)
    const second = invitation('erika2', { email: first.email })
    expect(await insert(second)).toBe(false)
    const open = () => transaction(db, [acme], (tx) => findOpenInvitation(tx, acme, first.email))
    expect(await open()).toMatchObject({ invitation: { id: first.id } })

    await transaction(db, [acme], (tx) => updateInvitation(tx, { ...first, ...settled('revoked') }))
    expect(await open()).toBeUndefined()
    expect(await insert(second)).toBe(true)
  })

  test('lose what goes away before they are accepted', async () => {
    await insert(invitation('erika'))
    await transaction(db, [acme], (tx) =>
      writeChanges(tx, blueprint, acme, [{ kind: 'group_removed', id: group('night') }]),
    )

    expect((await find('inv_erika' as InvitationId))?.invitation.groups).toEqual([group('field')])
    await transaction(db, [acme], (tx) =>
      writeChanges(tx, blueprint, acme, [
        { kind: 'group_set', group: { id: group('night'), key: 'night', name: 'Night', kind: 'manual' } },
      ]),
    )
  })

  test('tell which of them still offer a role', async () => {
    await insert(invitation('erika'))
    await insert(invitation('fritz', { ...settled('revoked') }))
    await insert(invitation('gustav', { expiresAt: now - 1 }))
    const offering = (role: string) =>
      transaction(db, [acme], (tx) => openInvitationsOffering(tx, acme, role as RoleId))

    expect(await offering('viewer')).toEqual(['inv_erika'])
    expect(await offering('superuser')).toEqual([])
  })

  test('are accepted once, however many try at the same instant', async () => {
    for (let round = 0; round < 20; round++) {
      const sent = invitation(`round${round}`)
      await insert(sent)
      const accept = () =>
        transaction(db, 'deployment', async (tx) => {
          const locked = await lockInvitation(tx, sent.tokenHash)
          if (!locked || locked.invitation.settled) return 0
          await updateInvitation(tx, { ...locked.invitation, ...settled('accepted') })
          return 1
        })

      const accepted = await Promise.all(Array.from({ length: 8 }, accept))
      expect(accepted.filter(Boolean)).toHaveLength(1)
    }
  })

  describe('in their list', () => {
    beforeEach(async () => {
      await insert(invitation('late', { expiresAt: now - day }))
      await insert(invitation('soon', { expiresAt: now + day }))
      await insert(invitation('later', { expiresAt: now + 2 * day }))
      await insert(invitation('no', settled('declined')))
      await insert(invitation('yes', settled('accepted')))
      await insert(
        invitation('off', { ...settled('revoked'), invitedBy: { kind: 'person', id: user('erik') } }),
      )
      await insert(invitation('home', { kind: 'home', invitedBy: { kind: 'key', id: 'key_1' as never } }))
    })
    const ids = async (filter: InvitationFilter, sort = 'state') => {
      const page = await transaction(db, [acme], (tx) =>
        listInvitations(tx, acme, filter, { limit: 25, sort }),
      )
      expect(page.total).toBe(page.rows.length)
      return page.rows.map(({ invitation: each }) => each.id.slice(4))
    }

    test('come with those first that wait, and of these with those whose time ends first', async () => {
      expect(await ids({})).toEqual(['soon', 'later', 'home', 'late', 'no', 'off'])
    })

    test.each<[string, InvitationFilter, string[]]>([
      ['a state', { states: ['accepted'] }, ['yes']],
      ['several states', { states: ['expired', 'declined'] }, ['late', 'no']],
      ['the exact address of who invited', { inviter: 'erik@acme.example' as Email }, ['off']],
      ['part of the invited address', { text: 'LATE' }, ['later', 'late']],
      ['whom they ask for', { kind: 'home' }, ['home']],
    ])('are found by %s', async (_, filter, expected) => {
      expect(await ids(filter)).toEqual(expected)
    })

    test('are told with their state at this moment and who invited', async () => {
      const page = await transaction(db, [acme], (tx) =>
        listInvitations(tx, acme, { text: 'late@' }, { limit: 1, sort: 'email' }),
      )
      expect(page.rows[0]).toMatchObject({
        state: 'expired' satisfies InvitationState,
        inviter: { email: 'dana@acme.example', name: 'Dana Voss' },
      })
    })

    test('are nobody else’s', async () => {
      const page = await transaction(db, [globex], (tx) =>
        listInvitations(tx, acme, {}, { limit: 25, sort: 'state' }),
      )
      expect(page).toEqual({ rows: [], total: 0, next: undefined })
    })
  })
})
