import type { SsoConnectionId } from '@keyholder/core'
import {
  insertSsoConnection,
  insertSsoDomain,
  markDomainProven,
  setSsoConnectionStatus,
  transaction,
  type Database,
} from '@keyholder/storage'
import { publicUrl, type TestClient, type TestReply, type TestServer } from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'
import { inflateRawSync } from 'node:zlib'
import { newId } from '../../new-id.ts'
import {
  base64,
  provider,
  response,
  sign,
  type Said,
  type Signing,
} from '../saml/genuine-response.fixture.ts'
import { serviceProviderOf } from '../saml/parties.ts'

/** What an identity provider of somebody's company says of whoever it names. */
const entityId = 'https://idp.example.test/metadata'

interface WantedConnection {
  readonly account?: string
  readonly domain?: string
  readonly defaultRole?: string
  readonly entityId?: string
  readonly sealedSecret?: string
}

/** An account's connection to the identity provider of the fixtures, in use, with a domain that the account has proven. */
export async function samlConnection(db: Database, wanted: WantedConnection = {}): Promise<SsoConnectionId> {
  const { account: slug = 'acme', domain, defaultRole, sealedSecret } = wanted
  const account = worldIds.account(slug)
  const id = newId<SsoConnectionId>('sso_connection')
  await transaction(db, 'deployment', async (tx) => {
    await insertSsoConnection(tx, {
      id,
      account,
      name: 'Our company',
      provider: {
        kind: 'saml',
        entityId: wanted.entityId ?? entityId,
        signOnUrl: 'https://idp.example.test/sso',
        certificates: [provider.certificate],
        wantsSignedRequests: sealedSecret !== undefined,
      },
      defaultRole: defaultRole as never,
      sealedSecret,
    })
    await setSsoConnectionStatus(tx, account, id, 'active')
    if (domain === undefined) return
    await insertSsoDomain(tx, account, domain, 'token')
    await markDomainProven(tx, account, domain, 'operator')
  })
  return id
}

/** A browser that was sent to the identity provider, and what it carries there. */
export interface Gone {
  readonly connection: SsoConnectionId
  readonly url: URL
  readonly requestId: string
  readonly relayState: string
  /** The cookies of this browser. */
  readonly cookie: string
}

/** Sends a browser away to sign in. */
export async function goAway(
  browser: TestClient,
  connection: SsoConnectionId,
  body: Readonly<Record<string, unknown>> = {},
): Promise<Gone> {
  return gone(connection, await browser.post('/api/v1/sign-in/sso', { connection, ...body }))
}

/** What an answer that sends a browser away says. */
export function gone(connection: SsoConnectionId, reply: TestReply, carried: readonly string[] = []): Gone {
  const url = new URL(reply.json<{ url: string }>().url)
  const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  return {
    connection,
    url,
    requestId: / ID="([^"]+)"/.exec(xml)?.[1] ?? '',
    relayState: url.searchParams.get('RelayState') ?? '',
    cookie: [...carried, cookieIn(reply, '__Host-keyholder-flow')].join('; '),
  }
}

export function cookieIn(reply: TestReply, name: string): string {
  const found = [reply.headers['set-cookie'] ?? []].flat().find((line) => line.startsWith(`${name}=`))
  return found?.split(';')[0] ?? ''
}

let assertions = 0

/** The form with which the identity provider sends a browser back. */
export function answerTo(
  { connection, requestId, relayState }: Gone,
  said: Partial<Said> = {},
  signing: Signing = { assertion: true },
): Readonly<Record<string, string>> {
  const { entityId: audience, acsUrl } = serviceProviderOf(publicUrl, connection)
  const now = Date.now()
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
  const xml = response({
    issuer: entityId,
    responseIssuer: entityId,
    audience,
    destination: acsUrl,
    recipient: acsUrl,
    inResponseTo: requestId,
    confirmedRequest: requestId,
    issued: at(0),
    notBefore: at(0),
    notOnOrAfter: at(5),
    confirmedUntil: at(5),
    authenticated: at(0),
    sessionEnds: at(480),
    assertionId: `_a${(assertions += 1)}`,
    ...said,
  })
  return { SAMLResponse: base64(sign(xml, signing)), RelayState: relayState }
}

/** Posts a form as a browser does at the word of another site: without any cookie that is Lax. */
export async function postForm(
  { app }: Pick<TestServer, 'app'>,
  connection: string,
  form: Readonly<Record<string, string>>,
): Promise<TestReply> {
  const reply = await app.http.inject({
    method: 'POST',
    url: `/sso/${connection}/acs`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://idp.example.test',
      'sec-fetch-site': 'cross-site',
    },
    payload: new URLSearchParams(form).toString(),
  })
  return {
    status: reply.statusCode,
    headers: reply.headers as Record<string, string>,
    text: reply.body,
    json: () => JSON.parse(reply.body),
  }
}

/** The way back: the form is posted, and the browser follows to where it fetches its session. */
export async function comeBack(
  server: Pick<TestServer, 'app' | 'anonymous'>,
  away: Gone,
  form: Readonly<Record<string, string>>,
): Promise<TestReply> {
  const posted = await postForm(server, away.connection, form)
  if (!posted.headers.location?.includes('/finish?')) return posted
  return server.anonymous.get(pathOf(posted), { headers: { cookie: away.cookie } })
}

/** Where an answer leads, as a path of ours. */
export function pathOf({ headers }: TestReply): string {
  const location = new URL(headers.location ?? '')
  if (location.origin !== publicUrl) throw new Error(`it leads away to ${location.origin}`)
  return location.pathname + location.search
}
