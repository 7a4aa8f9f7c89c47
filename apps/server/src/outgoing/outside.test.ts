import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { readAllowedPlaces } from './allowed-places.ts'
import type { ResolveHost } from './guarded-connect.ts'
import { openOutside, type OutsideOptions } from './outside.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** A server on this machine, with a record of what reached it. */
async function listen(answer: RequestListener) {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  return { port: (server.address() as AddressInfo).port, seen }
}

const resolveTo =
  (...addresses: string[]): ResolveHost =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

const onThisMachine = (options: OutsideOptions = {}) =>
  openOutside({ allowed: allow('127.0.0.1, localhost'), longest: 60_000, ...options })

const refusal = async (url: string, options: OutsideOptions = {}) => {
  const result = await openOutside(options).ask(url)
  return result.ok ? 'answered' : result.refusal.code
}

function allow(text: string) {
  const allowed = readAllowedPlaces(text)
  if (!allowed) throw new Error(text)
  return allowed
}

describe('a place that the operator allows', () => {
  test('is asked, and what it answers is given', async () => {
    const { port, seen } = await listen((request, response) => {
      response.setHeader('content-type', 'application/json')
      request.pipe(response)
    })
    const url = `http://127.0.0.1:${port}/token`

    const result = await onThisMachine().ask(url, {
      method: 'POST',
      headers: { accept: 'text/plain' },
      body: 'a=1',
    })

    expect(seen).toEqual(['POST /token'])
    expect(result).toMatchObject({ ok: true, value: { status: 200 } })
    expect(result.ok && Buffer.from(result.value.body).toString()).toBe('a=1')
    expect(result.ok && result.value.headers.get('content-type')).toBe('application/json')
  })

  test('may be a name, at whatever address it has', async () => {
    const { port } = await listen((_, response) => response.end('here'))

    expect(
      await onThisMachine({ resolve: resolveTo('127.0.0.1') }).ask(`http://localhost:${port}/`),
    ).toMatchObject({
      ok: true,
    })
  })
})

describe('an address inside is refused without a connection', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '2130706433',
    '0.0.0.0',
    '169.254.169.254',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '10.0.0.1',
  ])('written as %s', async (host) => {
    expect(await refusal(`https://${host}/`)).toBe('outside_address_refused')
  })

  test.each([
    ['this machine', ['127.0.0.1']],
    ['a private network', ['10.1.2.3']],
    ['a cloud’s metadata', ['169.254.169.254']],
    ['this machine in IPv6', ['::1']],
    ['a public address and a private one', ['93.184.216.34', '192.168.0.1']],
    ['nothing', []],
  ])('behind a name for %s', async (_, addresses) => {
    expect(await refusal('https://idp.test/', { resolve: resolveTo(...addresses) })).toBe(
      'outside_address_refused',
    )
  })

  test.each(['localhost', 'localhost.', 'LOCALHOST', 'ip6-localhost'])('behind the name %s', async (host) => {
    expect(await refusal(`https://${host}/`, { resolve: resolveTo('127.0.0.1') })).toBe(
      'outside_address_refused',
    )
  })

  test('also where a name answered with a public address before', async () => {
    const { port, seen } = await listen((_, response) => response.end('secret'))
    const answers = [resolveTo('93.184.216.34'), resolveTo('127.0.0.1')]
    const turning: ResolveHost = async (host) =>
      (answers.length > 1 ? answers.shift() : answers[0])?.(host) ?? []
    await turning('idp.test')

    expect(await refusal(`https://idp.test:${port}/`, { resolve: turning })).toBe('outside_address_refused')
    expect(seen).toEqual([])
  })

  test('also where another host is allowed', async () => {
    const options = { allowed: allow('idp.internal'), resolve: resolveTo('10.0.0.1') }

    expect(await refusal('https://other.internal/', options)).toBe('outside_address_refused')
  })
})

describe('an address cannot be used', () => {
  test.each([
    'http://idp.test/',
    'http://8.8.8.8/',
    'ftp://idp.test/',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'gopher://idp.test/',
    'https://user:secret@idp.test/',
    'idp.test',
    '',
  ])('when it is %j', async (url) => {
    expect(await refusal(url, { resolve: resolveTo('8.8.8.8') })).toBe('outside_address_unusable')
  })

  test.each(['http://127.0.0.1/', 'http://localhost/', 'http://[::1]/'])(
    'when it is %s, and the operator does not allow that',
    async (url) => {
      expect(await refusal(url)).toBe('outside_address_unusable')
    },
  )

  test('without TLS, also inside a network that the operator allows', async () => {
    expect(await refusal('http://10.20.0.1/', { allowed: allow('10.20.0.0/16') })).toBe(
      'outside_address_unusable',
    )
  })
})

describe('an answer is refused', () => {
  test.each([301, 302, 303, 307, 308])(
    'when it sends elsewhere with %i, and that is not followed',
    async (status) => {
      const { port, seen } = await listen((_, response) => {
        response.writeHead(status, { location: '/inside' }).end()
      })

      const result = await onThisMachine().ask(`http://127.0.0.1:${port}/start`)

      expect(result).toEqual({ ok: false, refusal: { code: 'outside_redirects' } })
      expect(seen).toEqual(['GET /start'])
    },
  )

  test('when it does not end', async () => {
    const { port } = await listen((_, response) => {
      const piece = Buffer.alloc(65_536)
      const pour = () => {
        while (!response.destroyed && response.write(piece));
      }
      response.on('drain', pour)
      pour()
    })

    expect(await onThisMachine().ask(`http://127.0.0.1:${port}/`)).toEqual({
      ok: false,
      refusal: { code: 'outside_answer_too_large' },
    })
  })

  test('when it is a byte larger than the cap, and not when it is just as large', async () => {
    const { port } = await listen((_, response) => response.end('12345678'))
    const ask = (largest: number) => onThisMachine({ largest }).ask(`http://127.0.0.1:${port}/`)

    expect(await ask(7)).toEqual({ ok: false, refusal: { code: 'outside_answer_too_large' } })
    expect(await ask(8)).toMatchObject({ ok: true })
  })

  test('when it comes drop by drop', async () => {
    const { port } = await listen((_, response) => {
      const drip = setInterval(() => response.write('.'), 5)
      response.on('close', () => clearInterval(drip))
    })

    expect(await onThisMachine({ longest: 100 }).ask(`http://127.0.0.1:${port}/`)).toEqual({
      ok: false,
      refusal: { code: 'outside_too_slow' },
    })
  })

  test('when it never comes, or the name is never resolved', async () => {
    const { port } = await listen(() => undefined)
    const never: ResolveHost = () => new Promise(() => undefined)

    expect(await onThisMachine({ longest: 50 }).ask(`http://127.0.0.1:${port}/`)).toMatchObject({
      refusal: { code: 'outside_too_slow' },
    })
    expect(await refusal('https://idp.test/', { resolve: never, longest: 50 })).toBe('outside_too_slow')
  })

  test('when it is packed', async () => {
    const { port } = await listen((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    )

    expect(await onThisMachine().ask(`http://127.0.0.1:${port}/`)).toMatchObject({
      refusal: { code: 'outside_answer_unreadable' },
    })
  })

  test('when nobody is there', async () => {
    const { port } = await listen((_, response) => response.end())
    const [server] = servers.splice(0)
    await new Promise((done) => server?.close(done))

    expect(await onThisMachine().ask(`http://127.0.0.1:${port}/`)).toEqual({
      ok: false,
      refusal: { code: 'outside_unreachable' },
    })
  })

  test('without a word of what it says', async () => {
    const { port } = await listen((request) => request.socket.end('root:x:0:0 secrets'))

    expect(await onThisMachine().ask(`http://127.0.0.1:${port}/`)).toEqual({
      ok: false,
      refusal: { code: 'outside_unreachable' },
    })
  })
})
