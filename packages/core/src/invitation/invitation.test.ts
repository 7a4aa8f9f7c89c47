import { describe, expect, test } from 'vitest'
import { invitation, noon } from './invitation.fixture.ts'
import { invitationState } from './invitation.ts'

describe('the state of an invitation', () => {
  const open = invitation({ expiresAt: noon })

  test.each([
    ['is pending until its last millisecond', open, noon - 1, 'pending'],
    ['is expired when its moment has come, with no job running', open, noon, 'expired'],
    ['stays accepted after its time', { ...open, settled: { state: 'accepted', at: 1 } }, noon, 'accepted'],
    ['stays declined after its time', { ...open, settled: { state: 'declined', at: 1 } }, noon, 'declined'],
    ['stays revoked after its time', { ...open, settled: { state: 'revoked', at: 1 } }, noon, 'revoked'],
  ] as const)('%s', (_, seen, at, state) => {
    expect(invitationState(seen, at)).toBe(state)
  })
})
