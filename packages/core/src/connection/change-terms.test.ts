import { describe, expect, test } from 'vitest'
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
  nadia,
  noon,
  offer,
  proposed,
  terms,
  viewer,
} from './agreement.fixture.ts'
import type { Agreement } from './agreement.ts'
import { extendConnection, narrowConnection, requestWidening } from './change-terms.ts'
import { declineOffer } from './decline-offer.ts'

describe('narrowing a connection', () => {
  test.each([
    ['lowers its maximum', terms({ maximum: viewer }), { connection: { maximum: viewer } }],
    ['brings its end nearer', terms({ endsAt: noon + day }), { connection: { endsAt: noon + day } }],
    ['asks for more assurance', terms({ assurance: 'sso' }), { assurance: 'sso' }],
  ])('%s at once, and it stays in use', (_, narrower, agreement) => {
    expect(narrowConnection(inUse(), narrower, frida, context)).toMatchObject({
      ok: true,
      value: { agreement, changes: [{ kind: 'connection_set', connection: { status: 'active' } }] },
    })
  })

  test('is possible while it is paused, and leaves it paused', () => {
    expect(narrowConnection(inUse('paused'), terms({ maximum: viewer }), frida, context)).toMatchObject({
      value: { agreement: { connection: { status: 'paused', maximum: viewer } } },
    })
  })

  test('takes back what was offered before', () => {
    const asked = requestWidening(inUse(), terms({ maximum: administrator }), frida, context)
    const narrowed =
      asked.ok && narrowConnection(asked.value.agreement, terms({ maximum: viewer }), frida, context)

    expect(narrowed).toMatchObject({ value: { agreement: { offer: undefined } } })
  })

  test.each([
    [
      'by the guest',
      inUse(),
      terms({ maximum: viewer }),
      nadia,
      { code: 'connection_other_side', side: 'host' },
    ],
    [
      'with a higher maximum',
      inUse(),
      terms({ maximum: administrator }),
      frida,
      { code: 'connection_not_narrower', wider: ['maximum'] },
    ],
    [
      'with another maximum that is not within it',
      inUse(),
      terms({ maximum: auditor }),
      frida,
      { code: 'connection_not_narrower', wider: ['maximum'] },
    ],
    [
      'with a later end',
      inUse(),
      terms({ endsAt: undefined }),
      frida,
      { code: 'connection_not_narrower', wider: ['end'] },
    ],
    ['to an end that has come', inUse(), terms({ endsAt: noon }), frida, { code: 'connection_ends_in_past' }],
    [
      'before it is accepted',
      proposed(),
      terms({ maximum: viewer }),
      frida,
      { code: 'connection_state', status: 'proposed' },
    ],
    [
      'after it ended',
      inUse('ended'),
      terms({ maximum: viewer }),
      frida,
      { code: 'connection_state', status: 'ended' },
    ],
  ] as const)('is refused %s', (_, agreement, wanted, by, refusal) => {
    expect(narrowConnection(agreement, wanted, by, context)).toEqual({ ok: false, refusal })
  })
})

describe('widening a connection', () => {
  const wider = terms({ maximum: administrator })

  test.each([
    { asks: 'the host', by: frida, other: nadia },
    { asks: 'the guest', by: nadia, other: frida },
  ])('asked for by $asks changes nothing until the other side agrees', ({ by, other }) => {
    const asked = requestWidening(inUse(), wider, by, context)
    if (!asked.ok) throw new Error(asked.refusal.code)

    expect(asked.value.changes).toEqual([])
    expect(asked.value.agreement.connection.maximum).toBe(editor)
    expect(acceptOffer(asked.value.agreement, by, { ...context, grantIds })).toMatchObject({
      refusal: { code: 'connection_other_side', side: other.side },
    })
    expect(acceptOffer(asked.value.agreement, other, { ...context, grantIds })).toMatchObject({
      ok: true,
      value: {
        agreement: { connection: { status: 'active', maximum: administrator }, offer: undefined },
        changes: [{ kind: 'connection_set', connection: { maximum: administrator } }],
        answerable: frida.author,
      },
    })
  })

  test('that the other side declines leaves everything as it was', () => {
    const asked = requestWidening(inUse(), wider, nadia, context)

    expect(asked.ok && declineOffer(asked.value.agreement, frida, noon)).toEqual({
      ok: true,
      value: { agreement: inUse(), changes: [] },
    })
  })

  test.each([
    [
      'needs no asking where nothing is wider',
      inUse(),
      terms({ maximum: viewer }),
      { code: 'connection_not_wider' },
    ],
    ['is not for a proposal', proposed(), wider, { code: 'connection_state', status: 'proposed' }],
    ['is not for what ended', inUse('ended'), wider, { code: 'connection_state', status: 'ended' }],
  ] as const)('%s', (_, agreement, wanted, refusal) => {
    expect(requestWidening(agreement, wanted, nadia, context)).toEqual({ ok: false, refusal })
  })
})

describe('extending a connection', () => {
  const agreed = (extension?: number): Agreement => inUse('active', { extension })
  const end = noon + 30 * day

  test('moves its end by what was agreed beforehand, once', () => {
    const extended = extendConnection(agreed(10 * day), end + 10 * day, frida, context)
    if (!extended.ok) throw new Error(extended.refusal.code)

    expect(extended.value.agreement.connection.endsAt).toBe(end + 10 * day)
    expect(extendConnection(extended.value.agreement, end + 11 * day, frida, context)).toMatchObject({
      refusal: { code: 'connection_extension_exhausted', latest: undefined },
    })
  })

  test.each([
    [
      'beyond what was agreed',
      agreed(day),
      frida,
      { code: 'connection_extension_exhausted', latest: end + day },
    ],
    [
      'where nothing was agreed',
      agreed(),
      frida,
      { code: 'connection_extension_exhausted', latest: undefined },
    ],
    ['by the guest', agreed(10 * day), nadia, { code: 'connection_other_side', side: 'host' }],
    [
      'after it ended',
      inUse('ended', { extension: 10 * day }),
      frida,
      { code: 'connection_state', status: 'ended' },
    ],
  ] as const)('is refused %s', (_, agreement, by, refusal) => {
    expect(extendConnection(agreement, end + 2 * day, by, context)).toEqual({ ok: false, refusal })
  })

  test('is not a way to widen anything else', () => {
    const extended = extendConnection(
      inUse('active', { extension: day, offer: offer() }),
      end + day,
      frida,
      context,
    )

    expect(extended).toMatchObject({
      value: { agreement: { connection: { maximum: editor, status: 'active' }, assurance: 'none' } },
    })
  })
})
