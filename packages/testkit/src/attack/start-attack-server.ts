import { startTestServer, type TestServer, type TestServerOptions } from '../server/start-test-server.ts'
import { publicUrl } from '../server/sign-in.ts'
import { testClient, type TestClient } from '../server/test-client.ts'
import { arenaOf, partner, victim, type Arena } from './arena.ts'
import { attackWorld } from './attack-world.ts'
import type { Sender } from './cases/attack-case.ts'
import { checksums } from './checksum.ts'
import { startLocalIssuer } from './local-issuer.ts'
import { seedObjects } from './seed-objects.ts'
import { seededCookie } from './seed-sessions.ts'
import { staffCookie } from './seed-support.ts'

export interface AttackServer extends TestServer {
  /** The account that is attacked. */
  readonly victim: Arena
  /** The account that was made for this purpose. */
  arena(slug: string): Arena
  /** Somebody who sends requests about an account. */
  sender(arena: Arena, as: Sender): TestClient
  readonly checksums: Awaited<ReturnType<typeof checksums>>
}

/** The real application with a victim, an account to attack it from for each of these slugs, and a full database. */
export async function startAttackServer(
  slugs: readonly string[],
  options: Omit<TestServerOptions, 'world'> = {},
): Promise<AttackServer> {
  const world = attackWorld(slugs)
  const server = await startTestServer({ ...options, world })
  const arenas = new Map([victim, ...slugs].map((slug) => [slug, arenaOf(slug)]))
  await seedObjects(server.db, server.sealing, [...arenas.values()])
  await startLocalIssuer()
  for (const slug of arenas.keys()) publishProof(server, slug)

  const arena = (slug: string) => {
    const found = arenas.get(slug)
    if (!found) throw new Error(`there is no account ${slug} to attack from`)
    return found
  }
  const scopes = [...world.blueprint.bits.keys()]
  const keys = new Map<string, TestClient>()
  for (const { account, slug } of arenas.values()) {
    keys.set(slug, (await server.withKey({ account, scopes })).client)
  }
  const person = (id: string) => server.operator.with({ 'keyholder-act-as': id })
  return {
    ...server,
    victim: arena(victim),
    arena,
    sender: (of, as) => {
      switch (as) {
        case 'superuser':
          return person(of.superuser)
        case 'session':
          return testClient(server.app, { origin: publicUrl, cookie: seededCookie(of.slug) })
        case 'staff':
          return testClient(server.app, { origin: publicUrl, cookie: staffCookie(of.slug) })
        case 'key':
          return keys.get(of.slug) ?? server.anonymous
        case 'external':
          return person(of.external)
        case 'partner':
          return person(`usr_${partner}-otto`)
        case 'operator':
          return server.operator
        case 'nobody':
          return server.anonymous
      }
    },
    checksums: await checksums(server.database),
  }
}

/** The record in DNS that proves an account's domain, whose token is the account's slug. */
function publishProof({ zone }: TestServer, slug: string): void {
  zone.set(`_keyholder-challenge.${slug}.example`, [[`keyholder-domain-verification=${slug}`]])
}
