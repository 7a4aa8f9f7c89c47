import type { UserId } from '@keyholder/core'
import type { App } from '@keyholder/server'
import type { Database } from '@keyholder/storage'
import { testClient, type TestClient, type TestReply } from './test-client.ts'
import { giveTestPassword, testPassword } from './test-people.ts'

/** Where the tests' server says that it is. */
export const publicUrl = 'http://localhost:4455'

/** A page of the server's own in some browser, which carries no session yet. */
export function browserOf(app: App): TestClient {
  return testClient(app, { origin: publicUrl })
}

/** The browser with the session that an answer has brought it. */
export function carryingSession(app: App, reply: TestReply): TestClient {
  return testClient(app, { origin: publicUrl, cookie: sessionCookieIn(reply) })
}

/** The cookie with the session that an answer brings. */
export function sessionCookieIn({ headers, text }: TestReply): string {
  const set = [headers['set-cookie'] ?? []].flat()
  const cookie = set
    .map((line) => line.split(';')[0] ?? '')
    .find((pair) => pair.startsWith('__Host-keyholder='))
  if (cookie === undefined) throw new Error(`no session came with ${text}`)
  return cookie
}

/** Signs somebody in by a password that they are given first. */
export async function signInAs(app: App, db: Database, user: UserId, email: string): Promise<TestClient> {
  await giveTestPassword(db, user)
  const reply = await browserOf(app).post('/api/v1/sign-in/password', { email, password: testPassword })
  return carryingSession(app, reply)
}
