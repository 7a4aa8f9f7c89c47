import type { AccountFacts, Connection, ConnectionId, Facts, GrantId } from '@keyholder/core'
import { describe, expect, test } from 'vitest'
import { factsOfWorld } from './facts-of-world.ts'
import { blueprintFiles } from './files.ts'
import { parseWorld } from './parse-world.ts'
import { worldIds } from './world-ids.ts'
import { worldOfFacts, type WorldNames } from './world-of-facts.ts'

const text = `
blueprint: documentation
accounts:
  contoso:
    users: { dana: { superuser: true }, erik: {} }
    groups: { crew: { members: [erik, "connection:nightowl"] } }
    grants:
      - { to: "connection:nightowl" }
      - { to: erik, role: editor }
    connections: { nightowl: { maximum: editor } }
  nightowl: {}
`

const names: WorldNames = {
  blueprint: 'documentation',
  account: (id) => ({ slug: id.slice('acc_'.length), name: id }),
  organization: (id) => ({ key: id, name: id }),
  user: (id) => ({ key: id.slice('usr_'.length), email: `${id}@example.com`, name: id }),
}

function factsWith(change: (contoso: AccountFacts) => Partial<AccountFacts>): Facts {
  const world = parseWorld(text, { file: 'w.yaml', blueprints: blueprintFiles('.'), now: 0 })
  if (!world.ok) throw new Error(JSON.stringify(world.refusal))
  const facts = factsOfWorld(world.value)
  const id = worldIds.account('contoso')
  const contoso = facts.accounts.get(id)
  if (!contoso) throw new Error('contoso is in the world')
  return { ...facts, accounts: new Map([...facts.accounts, [id, { ...contoso, ...change(contoso) }]]) }
}

function contosoIn(facts: Facts) {
  return worldOfFacts(facts, names).accounts.find(({ slug }) => slug === 'contoso')
}

/** A second connection to the same guest, with a grant of its own. */
function twice(status: Connection['status'], other: Connection['status']) {
  return ({ connections, grants }: AccountFacts): Partial<AccountFacts> => {
    const first = connections.map((connection) => ({ ...connection, status }))
    const id = 'con_other' as ConnectionId
    return {
      connections: [...first, ...first.map((connection) => ({ ...connection, id, status: other }))],
      grants: [...grants, { id: 'grt_other' as GrantId, subject: { kind: 'connection', id } }],
    }
  }
}

describe('the world of facts', () => {
  test('says a grant once that stands there twice', () => {
    const again = factsWith(({ grants }) => ({
      grants: [...grants, ...grants.map((grant) => ({ ...grant, id: `${grant.id}_2` as GrantId }))],
    }))

    expect(contosoIn(again)?.grants).toEqual(contosoIn(factsWith(() => ({})))?.grants)
  })

  test('has superusers first, in the order of the people', () => {
    const reversed = factsWith(({ grants }) => ({ grants: grants.toReversed() }))

    expect(contosoIn(reversed)?.grants[0]).toEqual({ to: { kind: 'user', key: 'dana' }, role: 'superuser' })
  })

  test.each([
    ['ended', 'active', 'active'],
    ['active', 'ended', 'active'],
    ['ended', 'declined', 'declined'],
    ['paused', 'declined', 'paused'],
  ] as const)(
    'of two connections to one guest, %s and %s, names the one that is %s',
    (first, second, kept) => {
      const contoso = contosoIn(factsWith(twice(first, second)))

      expect(contoso?.connections).toMatchObject([{ guest: 'nightowl', status: kept }])
    },
  )

  test('leaves out what was granted to a connection that is over beside one that is not', () => {
    const contoso = contosoIn(factsWith(twice('ended', 'active')))

    expect(contoso?.grants.filter(({ to }) => to.kind === 'connection')).toHaveLength(1)
    expect(contoso?.groups[0]?.members).toEqual([{ kind: 'user', key: 'erik' }])
  })
})
