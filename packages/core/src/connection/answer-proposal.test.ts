import { describe, expect, test } from 'vitest'
import type { GroupId } from '../id.ts'
import { acceptOffer } from './accept-offer.ts'
import {
  administrator,
  auditor,
  context,
  day,
  editor,
  frida,
  grantIds,
  inUse,
  level1,
  milan,
  nadia,
  noon,
  offer,
  proposed,
  rome,
  terms,
  viewer,
} from './agreement.fixture.ts'
import { counterProposal } from './counter-proposal.ts'
import { declineOffer } from './decline-offer.ts'

const given = { ...context, grantIds }

describe('accepting a proposed connection', () => {
  test('lets the guest into the groups and organizations that were offered, at once', () => {
    const subject = { kind: 'connection', id: 'con_1' }

    expect(acceptOffer(proposed(), nadia, given)).toMatchObject({
      ok: true,
      value: {
        agreement: { connection: { status: 'active' }, offer: undefined },
        changes: [
          {
            kind: 'connection_set',
            connection: { status: 'active', maximum: editor, endsAt: noon + 30 * day },
          },
          { kind: 'group_member_added', group: level1, member: subject },
          { kind: 'grant_set', grant: { id: 'grt_1', subject, organization: rome } },
          { kind: 'grant_set', grant: { id: 'grt_2', subject, organization: milan, role: viewer } },
        ],
        answerable: frida.author,
      },
    })
  })

  test('lets the guest say who of its people may use it', () => {
    const delegates = 'grp_night' as GroupId

    expect(acceptOffer(proposed(), nadia, { ...given, delegates })).toMatchObject({
      value: { agreement: { connection: { delegates } } },
    })
  })

  test('does not let the host say who of the guest’s people may use it', () => {
    const countered = proposed({ offer: offer({ by: 'guest', author: nadia.author }) })
    const accepted = acceptOffer(countered, frida, { ...given, delegates: 'grp_night' as GroupId })

    expect(accepted).toMatchObject({ value: { agreement: { connection: { delegates: 'everyone' } } } })
  })

  test.each([
    ['by the side that offered it', proposed(), frida, { code: 'connection_other_side', side: 'guest' }],
    ['a second time', inUse(), nadia, { code: 'connection_nothing_offered' }],
    ['after it was declined', inUse('declined'), nadia, { code: 'connection_state', status: 'declined' }],
    ['after it was taken back', inUse('ended'), nadia, { code: 'connection_state', status: 'ended' }],
    [
      'after its end',
      proposed({ offer: offer({ terms: terms({ endsAt: noon }) }) }),
      nadia,
      { code: 'connection_ends_in_past' },
    ],
  ] as const)('is refused %s', (_, agreement, by, refusal) => {
    expect(acceptOffer(agreement, by, given)).toEqual({ ok: false, refusal })
  })
})

describe('declining a proposed connection', () => {
  test('closes it', () => {
    expect(declineOffer(proposed(), nadia, noon)).toMatchObject({
      ok: true,
      value: {
        agreement: { connection: { status: 'declined' }, offer: undefined, ended: { by: 'guest', at: noon } },
        changes: [{ kind: 'connection_set', connection: { status: 'declined' } }],
      },
    })
  })

  test('is for the other side', () => {
    expect(declineOffer(proposed(), frida, noon)).toMatchObject({
      refusal: { code: 'connection_other_side' },
    })
  })
})

describe('countering a proposal', () => {
  const narrower = offer({
    terms: terms({ maximum: viewer, assurance: 'mfa', endsAt: noon + day }),
    groups: [],
    openings: [{ organization: rome, role: viewer }],
  })

  test('puts something narrower before the host, who then accepts it', () => {
    const countered = counterProposal(proposed(), narrower, nadia, context)
    if (!countered.ok) throw new Error(countered.refusal.code)
    const { agreement } = countered.value

    expect(agreement).toMatchObject({
      connection: { status: 'proposed', maximum: viewer },
      offer: { by: 'guest' },
    })
    expect(acceptOffer(agreement, nadia, given)).toMatchObject({
      refusal: { code: 'connection_other_side', side: 'host' },
    })
    expect(acceptOffer(agreement, frida, given)).toMatchObject({
      value: {
        agreement: { connection: { status: 'active', maximum: viewer }, assurance: 'mfa' },
        answerable: frida.author,
      },
    })
  })

  test.each([
    ['a higher maximum', { terms: terms({ maximum: administrator }) }, ['maximum']],
    ['a maximum that is merely different', { terms: terms({ maximum: auditor }) }, ['maximum']],
    ['a later end', { terms: terms({ endsAt: noon + 31 * day }) }, ['end']],
    ['no end', { terms: terms({ endsAt: undefined }) }, ['end']],
    ['an extension', { terms: terms({ extension: day }) }, ['extension']],
    ['one more group', { groups: [level1, 'grp_level2' as GroupId] }, ['groups']],
    ['a higher role in an organization', { openings: [{ organization: milan, role: editor }] }, ['openings']],
    ['the maximum where a role was offered', { openings: [{ organization: milan }] }, ['openings']],
    ['the whole account', { openings: [{}] }, ['openings']],
    ['more at once', { terms: terms({ maximum: administrator, endsAt: undefined }) }, ['maximum', 'end']],
  ] as const)('is refused with %s', (_, change, wider) => {
    expect(counterProposal(proposed(), offer(change), nadia, context)).toMatchObject({
      ok: false,
      refusal: { code: 'connection_not_narrower', wider },
    })
  })

  test('is refused with less assurance than the host asks for', () => {
    const strict = proposed({ offer: offer({ terms: terms({ assurance: 'mfa' }) }) })

    for (const assurance of ['none', 'sso'] as const) {
      expect(counterProposal(strict, offer({ terms: terms({ assurance }) }), nadia, context)).toMatchObject({
        refusal: { wider: ['assurance'] },
      })
    }
  })

  test.each([
    ['by the host', proposed(), frida, { code: 'connection_other_side', side: 'guest' }],
    ['once the connection is in use', inUse(), nadia, { code: 'connection_state', status: 'active' }],
    [
      'while the host has not answered the last one',
      proposed({ offer: offer({ by: 'guest' }) }),
      nadia,
      { code: 'connection_nothing_offered' },
    ],
  ] as const)('is refused %s', (_, agreement, by, refusal) => {
    expect(counterProposal(agreement, narrower, by, context)).toEqual({ ok: false, refusal })
  })

  test('counts an organization as within the whole account', () => {
    const whole = proposed({ offer: offer({ openings: [{}] }) })

    expect(
      counterProposal(whole, offer({ openings: [{ organization: rome }] }), nadia, context),
    ).toMatchObject({ ok: true })
  })
})
