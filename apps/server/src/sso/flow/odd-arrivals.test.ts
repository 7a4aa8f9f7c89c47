import { afterAll, describe, expect, test } from 'vitest'
import type { GroupId } from '@keyholder/core'
import { naughtyStrings, startTestServer } from '@keyholder/testkit/server'
import { startProvider } from '../oidc/scripted-provider.fixture.ts'
import { connect, signInBySso, storyBrowser } from './sso-story.fixture.ts'

const lines: string[] = []
const server = await startTestServer({ onLog: (line) => lines.push(line) })
const provider = await startProvider()
afterAll(() => provider.close())

const ada = server.as('ada')
const made = await ada.post('/api/v1/accounts/acme/groups', { key: 'ops', kind: 'sso' })
const group = made.json()['id'] as GroupId
await connect(server, provider, { rules: [{ attribute: 'groups', comparison: 'exists', group }] })

// A provider that tells everything in its tokens.
const quiet = await startProvider()
afterAll(() => quiet.close())
quiet.script.discovery = ({ userinfo_endpoint: _, ...document }) => document
await connect(server, quiet, { id: 'sso_globex', account: 'acc_globex', domains: ['globex.example'] })

function speak(claims: Record<string, unknown>) {
  provider.script.token = ({ payload }) => {
    Object.assign(payload, claims)
  }
  provider.script.userInfo = (body) => {
    body['sub'] = claims['sub']
  }
}

const usersCalled = async (email: string) =>
  (await server.database.asOwner<{ id: string }>('select id from users where email = $1', [email])).length

describe('at the same moment', () => {
  const setOut = async (connection = 'sso_acme', at = provider) => {
    const browser = storyBrowser(server)
    const start = (page: ReturnType<typeof browser.page>) => page.post('/api/v1/sign-in/sso', { connection })
    return { browser, back: await browser.visit(at, start) }
  }

  test('a newcomer in several browsers becomes one user, and is let in in each', async () => {
    speak({ sub: 'nell', email: 'nell@acme.example' })
    const ways = await Promise.all([setOut(), setOut(), setOut()])
    await Promise.all(ways.map(({ browser, back }) => browser.arrive(back)))

    expect(ways.map(({ browser }) => browser.cookies.has('__Host-keyholder'))).toEqual([true, true, true])
    expect(await usersCalled('nell@acme.example')).toBe(1)
  })

  test('two newcomers with one address become one user, and the other is told to link', async () => {
    const ways = [await setOut('sso_globex', quiet), await setOut('sso_globex', quiet)]
    const subjects = ['twin-1', 'twin-2']
    quiet.script.token = ({ payload }) => {
      Object.assign(payload, { sub: subjects.pop(), email: 'twin@globex.example' })
    }
    const replies = await Promise.all(ways.map(({ browser, back }) => browser.arrive(back)))

    expect(await usersCalled('twin@globex.example')).toBe(1)
    expect(new Set(replies.map(({ headers }) => headers['location']))).toEqual(
      new Set(['http://localhost:4455/', 'http://localhost:4455/sign-in?error=sso_link_needed']),
    )
  })

  test('one way back is taken once', async () => {
    speak({ sub: 'nell', email: 'nell@acme.example' })
    const { browser, back } = await setOut()
    const copies = [0, 1, 2, 3].map(() => storyBrowser(server, new Map(browser.cookies)))
    await Promise.all(copies.map((copy) => copy.arrive(back)))

    expect(copies.filter(({ cookies }) => cookies.has('__Host-keyholder'))).toHaveLength(1)
  })
})

describe('whatever a provider calls somebody', () => {
  test.each(naughtyStrings.map((text, place) => [place, text] as const))(
    'is taken as text, or not at all (%i)',
    async (place, text) => {
      speak({ sub: `odd-${place}`, email: `odd-${place}@acme.example`, name: text, groups: [text] })
      const { browser, reply } = await signInBySso(server, provider)

      expect(reply.status).toBe(303)
      expect((await browser.page().get('/api/v1/session')).status).toBe(200)
      speak({ sub: text, email: text, name: text, groups: text })
      expect((await signInBySso(server, provider)).reply.status).toBe(303)
    },
    60_000,
  )

  test('stands in one line of the log each, without a control character', () => {
    expect(lines.filter((line) => /\p{Cc}/u.test(line.trimEnd()))).toEqual([])
  })

  test('shows in the list of people without what would change how others are shown', async () => {
    const { items } = (await ada.get('/api/v1/accounts/acme/members', { query: { limit: '100' } })).json()
    const names = items.map(({ name }: { name: string | null }) => name ?? '')

    expect(names.length).toBeGreaterThan(50)
    expect(names.filter((name: string) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(name))).toEqual([])
  })
})
