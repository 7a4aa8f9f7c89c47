import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  publicUrl,
  sessionCookieIn,
  startTestServer,
  testClient,
  testPassword,
} from '@keyholder/testkit/server'
import { loadWorldFile } from '@keyholder/world'

const guide = readFileSync(new URL('../../../../docs/guides/invitations.md', import.meta.url), 'utf8')
const demo = loadWorldFile(fileURLToPath(new URL('../../../cli/src/demo/demo.world.yaml', import.meta.url)), {
  now: Date.now(),
})
if (!demo.ok) throw new Error('the demo world cannot be read')
const server = await startTestServer({ world: demo.value })

const calls = [...guide.matchAll(/^curl (?:-([bc]) (\w+) )?"\$BASE([^"]+)"((?:.|\\\n|\n(?!```))*)/gm)].map(
  ([, option, jar = '', path = '', rest = '']) => ({
    option,
    jar,
    path,
    isOperator: rest.includes('$KEY'),
    body: /-d '([^']+)'/.exec(rest)?.[1]?.replace('$PASSWORD', testPassword),
  }),
)

/** What stands behind `#` in the newest link that was sent. */
async function newestToken(): Promise<string> {
  const [mail] = await server.database.asOwner<{ token: string }>(
    `select payload ->> 'token' as token from outbox order by created_at desc limit 1`,
  )
  return mail?.token ?? ''
}

test('the guide’s calls, one after the other, do what it says', async () => {
  for (const person of ['helena', 'rafael']) await server.signIn(person)
  const jars = new Map<string, string>()
  const answers: { path: string; status: number; text: string }[] = []
  for (const { option, jar, path, isOperator, body } of calls) {
    const cookie = jars.get(jar)
    const page = testClient(server.app, {
      origin: publicUrl,
      ...(option === 'b' && cookie !== undefined && { cookie }),
    })
    const client = isOperator ? server.operator : page
    const sent = body?.replace('$TOKEN', await newestToken())
    const reply = sent === undefined ? await client.get(path) : await client.post(path, JSON.parse(sent))
    if (option === 'c') jars.set(jar, sessionCookieIn(reply))
    answers.push({ path, status: reply.status, text: reply.text })
  }

  expect(answers.map(({ path, status }) => [path.split('?')[0], status])).toEqual([
    ['/api/v1/sign-in/password', 200],
    ['/api/v1/accounts/brightwater/invitations', 201],
    ['/api/v1/outbox', 200],
    ['/api/v1/invitations/open', 200],
    ['/api/v1/invitations/join', 200],
    ['/api/v1/me', 200],
    ['/api/v1/accounts/brightwater/invitations', 201],
    ['/api/v1/sign-in/password', 200],
    ['/api/v1/invitations/accept', 200],
  ])
  expect(answers[2]?.text).toContain(await oneOf('nina@elsewhere.example'))
  expect(JSON.parse(answers[3]?.text ?? '')).toMatchObject({ has_login: false, shortest_password: 15 })
  expect(JSON.parse(answers[5]?.text ?? '')).toMatchObject({
    accounts: [{ reached_by: 'home' }, { slug: 'brightwater', reached_by: 'external' }],
  })
})

/** The token that one person was sent. */
async function oneOf(recipient: string): Promise<string> {
  const [mail] = await server.database.asOwner<{ token: string }>(
    `select payload ->> 'token' as token from outbox where recipient = $1`,
    [recipient],
  )
  return mail?.token ?? ''
}
