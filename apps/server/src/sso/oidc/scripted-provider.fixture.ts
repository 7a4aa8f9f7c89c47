import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  Events,
  OAuth2Issuer,
  OAuth2Service,
  type MutableToken,
  type TokenRequestIncomingMessage,
} from 'oauth2-mock-server'

type Fields = Record<string, unknown>

/** What a provider does differently from an honest one; each is told what it would have sent. */
export interface Script {
  discovery?: (document: Fields) => Fields | undefined
  keys?: (keys: readonly Fields[]) => unknown
  /** The address that the browser is sent back to. */
  redirect?: (url: URL) => void
  /** Before the token for Keyholder is signed; not for the access token. */
  token?: (token: MutableToken, request: TokenRequestIncomingMessage) => void
  /** What the token endpoint answers, signed already. */
  answer?: (body: Fields) => unknown
  userInfo?: (body: Fields) => void
}

export interface ScriptedProvider {
  readonly issuer: string
  readonly script: Script
  /** Keys, signing and the rest of the provider itself. */
  readonly service: OAuth2Service
  /** The paths that were asked for, in order. */
  readonly asked: string[]
  /** Sends a browser there, and gives the address that it is sent back to. */
  visit(url: string): Promise<URL>
  close(): Promise<void>
}

/** A provider of OpenID Connect on this machine, honest until its script says otherwise. */
export async function startProvider(options: { readonly alg?: string } = {}): Promise<ScriptedProvider> {
  const identity = new OAuth2Issuer()
  const service = new OAuth2Service(identity)
  const script: Script = {}
  const asked: string[] = []
  await identity.keys.generate(options.alg ?? 'ES256', { kid: 'first' })
  followScript(service, script)

  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    asked.push(path)
    if (path === '/.well-known/openid-configuration') rewrite(response, (body) => describe(body, script))
    if (path === '/jwks') rewrite(response, (body) => keysOf(body, script))
    if (path === '/token') rewrite(response, (body) => answerOf(body, script))
    service.requestHandler(request, response)
  })
  identity.url = `http://127.0.0.1:${await listen(server)}`

  return {
    issuer: identity.url,
    script,
    service,
    asked,
    async visit(url) {
      const answer = await fetch(url, { redirect: 'manual' })
      return new URL(answer.headers.get('location') ?? 'about:blank')
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** Tokens with a nonce or for a client are for Keyholder; the access token beside it is left alone. */
function followScript(service: OAuth2Service, script: Script) {
  service.on(Events.BeforeTokenSigning, (token: MutableToken, request: TokenRequestIncomingMessage) => {
    if ('aud' in token.payload) script.token?.(token, request)
  })
  service.on(Events.BeforeAuthorizeRedirect, ({ url }: { url: URL }) => script.redirect?.(url))
  service.on(Events.BeforeUserinfo, (answer: { body: Fields }) => script.userInfo?.(answer.body))
}

function describe(document: Fields, script: Script): Fields {
  const honest = {
    ...document,
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256', 'none'],
  }
  return script.discovery?.(honest) ?? honest
}

function keysOf(body: Fields, script: Script): Fields {
  const keys = body['keys'] as readonly Fields[]
  return { keys: script.keys ? script.keys(keys) : keys }
}

async function answerOf(body: Fields, script: Script): Promise<Fields> {
  if ('id_token' in body) await script.answer?.(body)
  return body
}

/** Changes the JSON that is about to be sent. */
function rewrite(response: ServerResponse, change: (body: Fields) => Fields | Promise<Fields>) {
  const end = response.end.bind(response)
  const send = async (text: string) => {
    const body = JSON.stringify(await change(JSON.parse(text) as Fields))
    response.removeHeader('content-length')
    response.removeHeader('etag')
    end(body)
  }
  response.end = ((chunk: string | Buffer) => {
    send(chunk.toString()).catch((error: unknown) => response.destroy(error as Error))
    return response
  }) as typeof response.end
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  return (server.address() as AddressInfo).port
}
