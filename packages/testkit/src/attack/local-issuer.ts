import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

let issuer = 'https://idp.example'

/** Where a provider of OpenID Connect stands that says who it is, and nothing more. */
export function localIssuer(): string {
  return issuer
}

/** Starts the provider, for as long as the tests of the file run. */
export async function startLocalIssuer(): Promise<void> {
  const server = createServer((_, response) => {
    const addresses = {
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ issuer, ...addresses }))
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })
}
