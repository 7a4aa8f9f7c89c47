import { describe, expect, test } from 'vitest'
import type { GrantId, GroupId } from '../id.ts'
import { frida, inUse, level1, nadia, noon, proposed } from './agreement.fixture.ts'
import { chooseDelegates } from './choose-delegates.ts'
import { endConnection } from './end-connection.ts'
import { pauseConnection, resumeConnection } from './pause-connection.ts'

const held = { now: noon, grants: ['grt_1' as GrantId], groups: [level1] }

describe('ending a connection', () => {
  test.each([
    ['the host', frida, inUse()],
    ['the guest', nadia, inUse()],
    ['either side while it is paused', nadia, inUse('paused')],
    ['the host before it is accepted', frida, proposed()],
  ])('is done by %s, with its grants and memberships', (_, by, agreement) => {
    expect(endConnection(agreement, by, held)).toMatchObject({
      ok: true,
      value: {
        agreement: {
          connection: { status: 'ended' },
          offer: undefined,
          ended: { by: by.side, at: noon, author: by.author },
        },
        changes: [
          { kind: 'grant_removed', id: 'grt_1' },
          { kind: 'group_member_removed', group: level1, member: { kind: 'connection', id: 'con_1' } },
          { kind: 'connection_set', connection: { status: 'ended' } },
        ],
      },
    })
  })

  test.each(['ended', 'declined'] as const)('is refused when it is %s', (status) => {
    expect(endConnection(inUse(status), frida, held)).toEqual({
      ok: false,
      refusal: { code: 'connection_state', status },
    })
  })
})

describe('pausing a connection', () => {
  test('lets nobody through until the host lets it go on', () => {
    expect(pauseConnection(inUse(), frida)).toMatchObject({
      value: { changes: [{ connection: { status: 'paused' } }] },
    })
    expect(resumeConnection(inUse('paused'), frida)).toMatchObject({
      value: { changes: [{ connection: { status: 'active' } }] },
    })
  })

  test.each([
    [
      'pausing is not for the guest',
      pauseConnection,
      inUse(),
      nadia,
      { code: 'connection_other_side', side: 'host' },
    ],
    [
      'resuming is not for the guest',
      resumeConnection,
      inUse('paused'),
      nadia,
      { code: 'connection_other_side', side: 'host' },
    ],
    [
      'what is paused is not paused again',
      pauseConnection,
      inUse('paused'),
      frida,
      { code: 'connection_state', status: 'paused' },
    ],
    [
      'a proposal is not resumed into use',
      resumeConnection,
      proposed(),
      frida,
      { code: 'connection_state', status: 'proposed' },
    ],
    [
      'what ended does not come back',
      resumeConnection,
      inUse('ended'),
      frida,
      { code: 'connection_state', status: 'ended' },
    ],
  ] as const)('%s', (_, act, agreement, by, refusal) => {
    expect(act(agreement, by)).toEqual({ ok: false, refusal })
  })
})

describe('choosing the delegates', () => {
  const night = 'grp_night' as GroupId

  test('is up to the guest, for a group or for everybody', () => {
    expect(chooseDelegates(inUse(), night, nadia)).toMatchObject({
      value: { changes: [{ connection: { delegates: night } }] },
    })
  })

  test.each([
    ['is not up to the host', inUse(), frida, { code: 'connection_other_side', side: 'guest' }],
    ['is over when it ended', inUse('ended'), nadia, { code: 'connection_state', status: 'ended' }],
  ] as const)('%s', (_, agreement, by, refusal) => {
    expect(chooseDelegates(agreement, night, by)).toEqual({ ok: false, refusal })
  })
})
