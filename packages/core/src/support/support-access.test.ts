import { describe, expect, test } from 'vitest'
import type { AccountId, SupportAccessId, UserId } from '../id.ts'
import { beginSupport, endSupport, expireSupport, isSupportOpen } from './support-access.ts'

const acme = 'acc_acme' as AccountId
const vendor = 'acc_vendor' as AccountId
const noon = Date.UTC(2026, 0, 1, 12)
const wanted = {
  id: 'sup_1' as SupportAccessId,
  account: acme,
  user: 'usr_sam' as UserId,
  scope: 'read',
  reason: 'Ticket 4711',
  minutes: 60,
} as const
const context = { home: vendor, isEnabled: true, now: noon }

function begun() {
  const result = beginSupport(wanted, context)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

describe('entering an account for support', () => {
  test('lasts for as long as was asked for', () => {
    expect(begun()).toMatchObject({ startedAt: noon, endsAt: noon + 3_600_000, reason: 'Ticket 4711' })
  })

  test('lasts for eight hours at most', () => {
    expect(beginSupport({ ...wanted, minutes: 10_000 }, context)).toMatchObject({
      value: { endsAt: noon + 8 * 3_600_000 },
    })
  })

  test.each([
    { why: 'the account has turned it off', change: { isEnabled: false }, code: 'support_disabled' },
    { why: 'it is one’s own account', change: { home: acme }, code: 'support_at_home' },
    {
      why: 'it is one’s own account, whatever that has turned off',
      change: { home: acme, isEnabled: false },
      code: 'support_at_home',
    },
  ])('is refused where $why', ({ change, code }) => {
    expect(beginSupport(wanted, { ...context, ...change })).toEqual({ ok: false, refusal: { code } })
  })
})

describe('a support access', () => {
  test.each([
    { at: noon, isOpen: true },
    { at: noon + 3_599_999, isOpen: true },
    { at: noon + 3_600_000, isOpen: false },
  ])('is open until its end comes, and no more then: $at', ({ at, isOpen }) => {
    expect(isSupportOpen(begun(), at)).toBe(isOpen)
  })

  test.each(['operator', 'account'] as const)('is over once the %s has ended it', (by) => {
    const ended = endSupport(begun(), by, noon + 1)

    expect(ended).toMatchObject({ ok: true, value: { ended: { at: noon + 1, by } } })
    expect(ended.ok && isSupportOpen(ended.value, noon + 2)).toBe(false)
    expect(ended.ok && endSupport(ended.value, by, noon + 2)).toEqual({
      ok: false,
      refusal: { code: 'support_access_over' },
    })
  })

  test('is not ended once more when its time is over', () => {
    expect(endSupport(begun(), 'account', noon + 3_600_000)).toMatchObject({ ok: false })
  })

  test('that ran out is noted as of its end, however late, and once', () => {
    expect(expireSupport(begun(), noon + 3_599_999)).toBeUndefined()
    const expired = expireSupport(begun(), noon + 9_000_000)

    expect(expired?.ended).toEqual({ at: noon + 3_600_000, by: 'expiry' })
    expect(expired && expireSupport(expired, noon + 9_000_001)).toBeUndefined()
  })
})
