import { describe, expect, test } from 'vitest'
import type { AccountId, UserId } from '@keyholder/core'
import { formsOf, whoIsNamed, type Candidate } from './who-is-named.ts'

const contoso = 'acc_contoso' as AccountId
const nightowl = 'acc_nightowl' as AccountId
const freelance = 'acc_freelance' as AccountId
const guests = new Set([nightowl])

function person(user: string, home: AccountId, names: Partial<Candidate> = {}): Candidate {
  return { user: user as UserId, home, email: `${user}@mail.example`, externalId: null, ...names }
}

const named = (name: string, ...candidates: Candidate[]) => {
  const who = whoIsNamed(name, contoso, guests, candidates)
  return typeof who === 'string' ? who : who.user
}

describe('a name in a question', () => {
  test('is looked for as it is, and as an address in its normal form', () => {
    expect(formsOf('dana')).toEqual(['dana'])
    expect(formsOf('Dana@Contoso.Example')).toEqual(['Dana@Contoso.Example', 'dana@contoso.example'])
  })

  test('means whoever has it as their e-mail, however it is written', () => {
    const dana = person('usr_dana', contoso, { email: 'dana@contoso.example' })
    expect(named('DANA@contoso.example', dana)).toBe('usr_dana')
  })

  test('means whoever has it as their external id, exactly as it is written', () => {
    const dana = person('usr_dana', contoso, { externalId: 'd-17' })
    expect(named('d-17', dana)).toBe('usr_dana')
    expect(named('D-17', dana)).toBe('nobody')
  })

  test.each([
    { why: 'an external member', home: freelance },
    { why: 'somebody of a guest', home: nightowl },
  ])("means the account's own person before $why", ({ home }) => {
    const own = person('usr_own', contoso, { externalId: '17' })
    const other = person('usr_other', home, { externalId: '17' })
    expect(named('17', other, own)).toBe('usr_own')
  })

  test('means an external member before somebody of a guest', () => {
    const external = person('usr_external', freelance, { externalId: '17' })
    const guest = person('usr_guest', nightowl, { externalId: '17' })
    expect(named('17', guest, external)).toBe('usr_external')
  })

  test('means neither of two outsiders who share it', () => {
    const one = person('usr_one', freelance, { externalId: '17' })
    const two = person('usr_two', 'acc_other' as AccountId, { externalId: '17' })
    expect(named('17', one, two)).toBe('several')
  })

  test('means nobody where nobody has it', () => {
    expect(named('nobody@mail.example')).toBe('nobody')
  })
})
