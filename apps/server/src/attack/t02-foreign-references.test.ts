import { describe, expect, test } from 'vitest'
import { startAttackServer } from '@keyholder/testkit/attack'

/*
 * T02: something of one's own account is made to refer to something of another. Single references are tried at every
 * endpoint by T01, and by SQL as the application's role in packages/storage/src/access/foreign-references.test.ts;
 * here one of ten is foreign, wherever it stands.
 */

const server = await startAttackServer(['alpha'])
const own = server.arena('alpha')
const foreign = server.victim.names
const account = `/api/v1/accounts/${own.slug}`
const ada = server.sender(own, 'superuser')

const nine = Array.from({ length: 9 }, (_, number) => `ten${number}`)
for (const key of nine) {
  await ada.post(`${account}/members`, { email: `${key}@alpha.example`, external_id: key })
  await ada.post(`${account}/organizations`, { key })
  await ada.post(`${account}/groups`, { key, name: key })
}

/** Ten names of which one is foreign. */
const tenWith = (name: string, place: number) => nine.toSpliced(place, 0, name)

const attempts: readonly {
  readonly what: string
  readonly foreign: readonly string[]
  readonly ask: (names: readonly string[]) => ReturnType<typeof ada.post>
}[] = [
  {
    what: 'users who are put into a group',
    foreign: foreign.user,
    ask: (users) => ada.post(`${account}/groups/alpha-crew/members`, { users }),
  },
  {
    what: 'users who get a role at once',
    foreign: foreign.user,
    ask: (users) => ada.post(`${account}/members-bulk`, { users, action: { kind: 'grant', role: 'viewer' } }),
  },
  {
    what: 'users who are suspended at once',
    foreign: foreign.user,
    ask: (users) => ada.post(`${account}/members-bulk`, { users, action: { kind: 'suspend' } }),
  },
  {
    what: 'organizations that a role is bound to',
    foreign: foreign.organization,
    ask: (organizations) => ada.post(`${account}/roles`, { key: 'bound', permissions: [], organizations }),
  },
  {
    what: 'organizations that a new user gets a role in',
    foreign: foreign.organization,
    ask: (organizations) =>
      ada.post(`${account}/members`, {
        email: 'new@alpha.example',
        grants: organizations.map((organization) => ({ role: 'viewer', organization })),
      }),
  },
  {
    what: 'groups that a new user is put into',
    foreign: foreign.group,
    ask: (groups) => ada.post(`${account}/members`, { email: 'new@alpha.example', groups }),
  },
  {
    what: 'groups that somebody is invited into',
    foreign: foreign.group,
    ask: (groups) => ada.post(`${account}/invitations`, { kind: 'home', email: 'new@alpha.example', groups }),
  },
  {
    what: 'organizations whose assets are counted',
    foreign: foreign.organization,
    ask: (organizations) =>
      server.operator.put(`${account}/assets`, {
        organizations: organizations.map((organization) => ({ organization, assets: 7 })),
      }),
  },
]

describe.each(attempts)('ten $what, one of them another account’s', ({ foreign: names, ask }) => {
  test.each([0, 4, 9])(
    'are refused as if that one did not exist, and none is touched (place %i)',
    async (place) => {
      const before = await server.checksums.butTheLog(own.account)
      const theirs = await server.checksums.everything(server.victim.account)
      for (const name of names) {
        const reply = await ask(tenWith(name, place))
        const madeUp = await ask(tenWith(name.replaceAll('bravo', 'nowho'), place))

        expect(reply.status).toBe(422)
        expect(reply.text.replaceAll('bravo', 'nowho')).toBe(madeUp.text)
      }
      expect(await server.checksums.butTheLog(own.account)).toEqual(before)
      expect(await server.checksums.everything(server.victim.account)).toEqual(theirs)
    },
  )
})

test.each(attempts)(
  'ten $what, all of them one’s own, are all carried out',
  async ({ foreign: names, ask }) => {
    const last = names === foreign.user ? 'alpha-ulf' : names === foreign.group ? 'alpha-field' : 'alpha-one'
    const reply = await ask([...nine, last])

    expect([200, 201, 409]).toContain(reply.status)
    expect(reply.text).not.toContain('reference_unknown')
  },
)
