import { describe, expect, test } from 'vitest'
import type { InvitationId, RoleId, UserId } from '../id.ts'
import { createInvitation, type InvitationContext, type InvitationRequest } from './create-invitation.ts'
import { acme, day, noon } from './invitation.fixture.ts'

const request: InvitationRequest = {
  kind: 'home',
  email: ' Bob@X.test',
  grants: [{ role: 'viewer' as RoleId }],
}
const context: InvitationContext = {
  id: 'inv_1' as InvitationId,
  account: acme,
  invitedBy: { kind: 'person', id: 'usr_ann' as UserId },
  tokenHash: 'hash-1',
  maximumLife: 30 * day,
  now: noon,
  isMember: false,
}

const create = (change: Partial<InvitationRequest> = {}, given: Partial<InvitationContext> = {}) =>
  createInvitation({ ...request, ...change }, { ...context, ...given })

describe('an invitation', () => {
  test('goes to the normal form of the address, in English, with the inviter shown, for seven days', () => {
    expect(create()).toMatchObject({
      ok: true,
      value: {
        email: 'bob@x.test',
        language: 'en',
        showInviter: true,
        groups: [],
        expiresAt: noon + 7 * day,
      },
    })
  })

  test("is open no longer than the account's maximum where that is shorter than seven days", () => {
    expect(create({}, { maximumLife: 2 * day })).toMatchObject({
      ok: true,
      value: { expiresAt: noon + 2 * day },
    })
  })

  test("may be open up to the account's maximum", () => {
    expect(create({ expiresAt: noon + 30 * day })).toMatchObject({ ok: true })
  })

  test.each([
    ['no address is given', { email: 'bob' }, {}, { code: 'email_malformed' }],
    ['the person is a member', {}, { isMember: true }, { code: 'invitation_already_member' }],
    [
      'another one is open for the same address',
      {},
      { open: 'inv_0' as InvitationId },
      { code: 'invitation_already_open', invitation: 'inv_0' },
    ],
    ['its end is now', { expiresAt: noon }, {}, { code: 'invitation_expires_in_past' }],
    [
      "its end lies past the account's maximum",
      { expiresAt: noon + 30 * day + 1 },
      {},
      { code: 'invitation_open_too_long', latest: noon + 30 * day },
    ],
    [
      'its subject has two lines',
      { subject: 'Hi\r\nBcc: m@m.test' },
      {},
      { code: 'invitation_subject_malformed' },
    ],
  ] as const)('is refused when %s', (_, change, given, refusal) => {
    expect(create(change, given)).toMatchObject({ ok: false, refusal })
  })
})
