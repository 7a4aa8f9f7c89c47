import {
  giveTestPassword,
  publicUrl,
  sessionCookieIn,
  testClient,
  testPassword,
  type TestClient,
  type TestServer,
} from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'

/** How somebody of the world is in an account for support, and the access in which they are. */
export interface InSupport {
  readonly id: string
  /** Their own session, without the access. */
  readonly self: TestClient
  /** The same session in the account that they entered. */
  readonly inside: TestClient
  /** What `inside` sends, for another node. */
  readonly headers: Readonly<Record<string, string>>
}

/** Signs somebody in with a second factor; staff or not is for the test to say. */
export async function signInTwice(server: TestServer, user: string): Promise<TestClient> {
  return testClient(server.app, await twiceSignedIn(server, user))
}

/** Lets somebody of the staff into an account. */
export async function enter(
  server: TestServer,
  user: string,
  {
    account = 'acme',
    scope = 'read',
    minutes = 60,
  }: { account?: string; scope?: string; minutes?: number } = {},
): Promise<InSupport> {
  await server.operator.put(`/api/v1/operators/${worldIds.user(user)}`)
  const own = await twiceSignedIn(server, user)
  const self = testClient(server.app, own)
  const body = { account, scope, minutes, reason: 'Ticket 4711' }
  const reply = await self.post('/api/v1/support-accesses', body)
  if (reply.status !== 201) throw new Error(`${user} was not let in: ${reply.text}`)
  const { id } = reply.json<{ id: string }>()
  const headers = { ...own, 'keyholder-support-access': id }
  return { id, self, inside: testClient(server.app, headers), headers }
}

/** What the browser of somebody sends who has signed in with a second factor. */
async function twiceSignedIn({ browser, database, db }: TestServer, user: string) {
  await giveTestPassword(db, worldIds.user(user))
  const [person] = await database.asOwner<{ email: string }>('select email from users where id = $1', [
    worldIds.user(user),
  ])
  const reply = await browser.post('/api/v1/sign-in/password', {
    email: person?.email,
    password: testPassword,
  })
  await database.asOwner(
    `update sessions set second_factor = 'totp', second_factor_at = clock_timestamp() where id = $1`,
    [reply.json<{ id: string }>().id],
  )
  return { origin: publicUrl, cookie: sessionCookieIn(reply) }
}
