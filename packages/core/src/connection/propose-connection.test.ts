import { describe, expect, test } from 'vitest'
import type { ConnectionId } from '../id.ts'
import {
  administrator,
  contoso,
  context,
  day,
  editor,
  frida,
  level1,
  nightowl,
  noon,
  role,
  rome,
  romeOnly,
  terms,
} from './agreement.fixture.ts'
import { proposeConnection, type ConnectionRequest } from './propose-connection.ts'

const given = { ...context, id: 'con_1' as ConnectionId, by: frida.author }
const request: ConnectionRequest = {
  host: contoso,
  guest: nightowl,
  terms: terms(),
  groups: [level1],
  openings: [{ organization: rome }],
}

describe('proposing a connection', () => {
  test('gives nothing yet: the only change is the proposal itself', () => {
    const proposal = proposeConnection(request, given)

    expect(proposal).toMatchObject({
      ok: true,
      value: {
        agreement: { offer: { by: 'host', groups: [level1], openings: [{ organization: rome }] } },
        changes: [
          {
            kind: 'connection_set',
            connection: { status: 'proposed', maximum: editor, delegates: 'everyone' },
          },
        ],
      },
    })
    expect(proposal.ok && proposal.value.changes).toHaveLength(1)
  })

  test.each([
    ['the guest is the host', { guest: contoso }, {}, { code: 'connection_to_itself' }],
    [
      'the two are connected',
      {},
      { existing: 'con_0' as ConnectionId },
      { code: 'connection_exists', connection: 'con_0' },
    ],
    [
      'its maximum is no role',
      {},
      { role: () => undefined },
      { code: 'connection_role_unknown', role: editor },
    ],
    [
      'its maximum is bound to some organizations',
      { terms: terms({ maximum: romeOnly }) },
      {},
      { code: 'connection_role_bound' },
    ],
    ['its end has come', { terms: terms({ endsAt: noon }) }, {}, { code: 'connection_ends_in_past' }],
    [
      'it ends before it starts',
      { terms: terms({ startsAt: noon + 40 * day }) },
      {},
      { code: 'connection_ends_in_past' },
    ],
  ] as const)('is refused when %s', (_, change, also, refusal) => {
    expect(proposeConnection({ ...request, ...change }, { ...given, ...also })).toMatchObject({
      ok: false,
      refusal,
    })
  })

  test('may set any maximum that is a role of the host: what it gives is judged with its grants', () => {
    expect(
      proposeConnection({ ...request, terms: terms({ maximum: administrator }) }, { ...given, role }),
    ).toMatchObject({ ok: true })
  })
})
