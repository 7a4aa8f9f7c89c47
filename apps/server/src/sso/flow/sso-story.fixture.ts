import type { AccountId, AttributeRule, RoleId, SsoConnectionId, SsoProvider } from '@keyholder/core'
import {
  insertSsoConnection,
  insertSsoDomain,
  markDomainProven,
  replaceSsoRules,
  setSsoConnectionStatus,
  transaction,
} from '@keyholder/storage'
import {
  publicUrl,
  testClient,
  type TestClient,
  type TestReply,
  type TestServer,
} from '@keyholder/testkit/server'
import type { ScriptedProvider } from '../oidc/scripted-provider.fixture.ts'

/** What a test says of a connection, where it is not the usual. */
export interface WantedConnection {
  readonly id?: string
  readonly account?: string
  readonly provider?: SsoProvider
  readonly defaultRole?: string | undefined
  readonly rules?: readonly AttributeRule[]
  /** What the account has proven. */
  readonly domains?: readonly string[]
}

/** Gives an account a connection that is in use, to a provider of OpenID Connect unless said otherwise. */
export async function connect(
  { db, sealing }: TestServer,
  at: Pick<ScriptedProvider, 'issuer'> | undefined,
  wanted: WantedConnection = {},
): Promise<SsoConnectionId> {
  const { account = 'acc_acme', defaultRole, rules = [], domains = ['acme.example'] } = wanted
  const id = (wanted.id ?? 'sso_acme') as SsoConnectionId
  const oidc = { kind: 'oidc', issuer: at?.issuer ?? '', clientId: 'keyholder', scopes: [] } as const
  const sealedSecret = await sealing.seal('s3cret', { purpose: 'sso_client_secret', owner: id })
  await transaction(db, 'deployment', async (tx) => {
    await insertSsoConnection(tx, {
      id,
      account: account as AccountId,
      name: 'Our provider',
      provider: wanted.provider ?? oidc,
      defaultRole: defaultRole as RoleId | undefined,
      sealedSecret,
    })
    await setSsoConnectionStatus(tx, account as AccountId, id, 'active')
    await replaceSsoRules(tx, account as AccountId, id, rules)
    for (const domain of domains) {
      await insertSsoDomain(tx, account as AccountId, domain, 'token')
      await markDomainProven(tx, account as AccountId, domain, 'operator')
    }
  })
  return id
}

/** A browser that keeps its cookies, on its way to an identity provider and back. */
export interface StoryBrowser {
  /** Asks as a page of ours in this browser. */
  page(): TestClient
  /** Sends a request and keeps the cookies that come back. */
  send(work: (page: TestClient) => Promise<TestReply>): Promise<TestReply>
  /** Sets out with a request that answers with an address, and gives the address that the provider sends back to. */
  visit(at: ScriptedProvider, work: (page: TestClient) => Promise<TestReply>): Promise<URL>
  /** Comes back to us. */
  arrive(back: URL): Promise<TestReply>
  readonly cookies: Map<string, string>
}

export function storyBrowser({ app }: TestServer, cookies = new Map<string, string>()): StoryBrowser {
  const page = () =>
    testClient(app, {
      origin: publicUrl,
      ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
    })
  const send: StoryBrowser['send'] = async (work) => {
    const reply = await work(page())
    for (const line of [reply.headers['set-cookie'] ?? []].flat()) keepCookie(cookies, line)
    return reply
  }
  return {
    cookies,
    page,
    send,
    async visit(at, work) {
      const reply = await send(work)
      if (reply.status !== 200) throw new Error(reply.text)
      return at.visit(String(reply.json()['url']))
    },
    arrive: (back) => send((client) => client.get(`${back.pathname}${back.search}`)),
  }
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const [name = '', value = ''] = pair.split('=')
  if (value === '') cookies.delete(name)
  else cookies.set(name, value)
}

/** Signs in by single sign-on from the beginning to the end. */
export async function signInBySso(
  server: TestServer,
  at: ScriptedProvider,
  { connection = 'sso_acme', browser = storyBrowser(server), returnTo = '/accounts/acme' } = {},
) {
  const back = await browser.visit(at, (page) =>
    page.post('/api/v1/sign-in/sso', { connection, return_to: returnTo }),
  )
  return { browser, back, reply: await browser.arrive(back) }
}
