import fc from 'fast-check'
import { expect, test } from 'vitest'
import { modelAllows, type OrganizationId, type Question, type UserId } from '@keyholder/core'
import { startTestNode, startTestServer, type TestClient } from '@keyholder/testkit/server'
import { randomWorld } from '@keyholder/testkit/world'
import { factsOfWorld, worldIds, type World } from '@keyholder/world'

/* What the server answers from its database, through its replica, is what the plain model says of the same world. */

/** Some grants have begun by then and some have not ended. */
const at = Date.UTC(2026, 10, 21, 12)
const worlds = fc.sample(randomWorld, { numRuns: 6, seed: 20_261_121 })

test.each(worlds.map((world, number) => [number + 1, world] as const))(
  'every question about random world %i is answered as the plain model answers it',
  async (_, world) => {
    const { operator } = startTestNode(await startTestServer({ world }), { clock: { now: at } })
    const facts = factsOfWorld(world)
    const questions = questionsOf(world)
    const answers = await ask(operator, questions)

    const expected = questions.map((question) => modelAllows(facts, { ...question, at }))
    expect(answers.length).toBe(questions.length)
    expect(questions.filter((_question, number) => answers[number] !== expected[number])).toEqual([])
  },
)

test('the random worlds ask questions of either answer', () => {
  const answers = worlds.flatMap((world) => {
    const facts = factsOfWorld(world)
    return questionsOf(world).map((question) => modelAllows(facts, { ...question, at }))
  })
  expect(answers.filter(Boolean).length).toBeGreaterThan(100)
  expect(answers.filter((answer) => !answer).length).toBeGreaterThan(100)
})

/** Everybody about every permission in every place of every account, their own and somebody else's. */
function questionsOf(world: World): readonly Omit<Question, 'at'>[] {
  const people = world.accounts.flatMap(({ users }) => users.map(({ key }) => worldIds.user(key)))
  const places = world.accounts.flatMap(({ slug, organizations }) => [
    { account: worldIds.account(slug) },
    ...organizations.map(({ key }) => ({
      account: worldIds.account(slug),
      organization: worldIds.organization(slug, key),
    })),
  ])
  const permissions = world.blueprint.permissions.filter((_permission, number) => number % 4 === 0)
  const owners = (user: UserId, own: boolean) => (own ? [undefined, user, 'usr_somebody'] : [undefined])
  return people.flatMap((user) =>
    places.flatMap((place) =>
      permissions.flatMap(({ key, own }) =>
        owners(user, own).map((owner) => ({ user, permission: key, ...place, owner })),
      ),
    ),
  )
}

async function ask(operator: TestClient, questions: readonly Omit<Question, 'at'>[]): Promise<boolean[]> {
  const answers: boolean[] = []
  for (let start = 0; start < questions.length; start += 1_000) {
    const evaluations = questions.slice(start, start + 1_000).map(evaluationOf)
    const reply = await operator.post('/access/v1/evaluations', { evaluations })
    const decided = reply.json<{ evaluations: { decision: boolean }[] }>().evaluations
    answers.push(...decided.map(({ decision }) => decision))
  }
  return answers
}

function evaluationOf({ user, permission, account, organization, owner }: Omit<Question, 'at'>) {
  const [type = '', name = ''] = permission.split('.')
  const place: { account: string; organization?: OrganizationId } = organization
    ? { account, organization }
    : { account }
  return {
    subject: { type: 'user', id: user },
    action: { name },
    resource: { type, id: '7', properties: { ...place, ...(owner !== undefined && { owner }) } },
  }
}
