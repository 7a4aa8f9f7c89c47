import { describe, expect, test } from 'vitest'
import type { RoleId } from '../id.ts'
import { editInvitation } from './edit-invitation.ts'
import { day, invitation, noon } from './invitation.fixture.ts'
import { invitationState } from './invitation.ts'
import { resendInvitation } from './resend-invitation.ts'
import { revokeInvitation } from './revoke-invitation.ts'

const context = { maximumLife: 30 * day, now: noon + day }
const settled = { state: 'declined', at: noon } as const

describe('editing an invitation', () => {
  test('changes what it brings and says, and keeps the rest', () => {
    const edit = { grants: [{ role: 'editor' as RoleId }], language: 'de' } as const

    expect(editInvitation(invitation(), edit, context)).toEqual({
      ok: true,
      value: { ...invitation(), ...edit },
    })
  })

  test('opens an expired one again with a later end', () => {
    const edited = editInvitation(invitation({ expiresAt: noon }), { expiresAt: noon + 2 * day }, context)
    if (!edited.ok) throw new Error(edited.refusal.code)

    expect(invitationState(edited.value, context.now)).toBe('pending')
  })

  test.each([
    ['it was answered', invitation({ settled }), {}, { code: 'invitation_settled', state: 'declined' }],
    [
      'its new end has come',
      invitation(),
      { expiresAt: context.now },
      { code: 'invitation_expires_in_past' },
    ],
    [
      'its subject has two lines',
      invitation(),
      { subject: 'a\nb' },
      { code: 'invitation_subject_malformed' },
    ],
  ] as const)('is refused when %s', (_, given, edit, refusal) => {
    expect(editInvitation(given, edit, context)).toEqual({ ok: false, refusal })
  })
})

describe('sending an invitation again', () => {
  const again = { ...context, tokenHash: 'hash-2' }

  test.each([
    ['an open one', invitation()],
    ['an expired one', invitation({ expiresAt: noon })],
  ])('gives %s seven days from now, and the old link is dead', (_, given) => {
    expect(resendInvitation(given, again)).toEqual({
      ok: true,
      value: { ...given, tokenHash: 'hash-2', sentAt: again.now, expiresAt: again.now + 7 * day },
    })
  })

  test('is refused when it was answered', () => {
    expect(resendInvitation(invitation({ settled }), again)).toMatchObject({ ok: false })
  })
})

describe('revoking an invitation', () => {
  test('settles an open one, and an expired one too', () => {
    for (const given of [invitation(), invitation({ expiresAt: noon })]) {
      expect(revokeInvitation(given, { now: noon })).toMatchObject({
        ok: true,
        value: { settled: { state: 'revoked', at: noon } },
      })
    }
  })

  test('is refused when it was answered', () => {
    expect(revokeInvitation(invitation({ settled }), { now: noon })).toEqual({
      ok: false,
      refusal: { code: 'invitation_settled', state: 'declined' },
    })
  })
})
