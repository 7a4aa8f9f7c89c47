import { beforeAll, describe, expect, test } from 'vitest'
import { loadScenarios, type Scenario, type ScenarioQuestion } from '@keyholder/testkit'
import { startTestNode, startTestServer, type TestClient } from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'

/* Every question of every scenario, over HTTP: one by one, batched, and held against what searches find. */

const noon = Date.UTC(2026, 10, 21, 12)
const scenarios = loadScenarios({ now: noon })

test('there are scenarios to ask', () => {
  expect(scenarios.length).toBeGreaterThan(30)
})

describe.each(scenarios.map((scenario) => [scenario.file, scenario] as const))('%s', (_, scenario) => {
  let operator: TestClient
  beforeAll(async () => {
    const server = await startTestServer({ world: scenario.world })
    operator = startTestNode(server, { clock: { now: scenario.world.now ?? noon } }).operator
  })

  test('is answered one by one', async () => {
    const answers = []
    for (const question of scenario.questions) {
      const reply = await operator.post('/access/v1/evaluation', evaluationOf(question))
      answers.push(reply.json().decision)
    }
    expect(told(scenario, answers)).toEqual(expected(scenario))
  })

  test('is answered in a batch', async () => {
    const reply = await operator.post('/access/v1/evaluations', {
      evaluations: scenario.questions.map(evaluationOf),
    })
    const { evaluations } = reply.json<{ evaluations: { decision: boolean }[] }>()
    expect(
      told(
        scenario,
        evaluations.map(({ decision }) => decision),
      ),
    ).toEqual(expected(scenario))
  })

  test('agrees with what is found by searching', async () => {
    for (const kind of ['subject', 'resource', 'action'] as const) {
      const answers = []
      for (const question of scenario.questions)
        answers.push(await isFound(operator, kind, scenario, question))
      expect({ kind, answers: told(scenario, answers) }).toEqual({ kind, answers: expected(scenario) })
    }
  })
})

function told({ questions }: Scenario, answers: readonly boolean[]): readonly string[] {
  return questions.map(({ title }, at) => `${title}: ${answers[at]}`)
}

function expected({ questions }: Scenario): readonly string[] {
  return questions.map(({ title, expected: answer }) => `${title}: ${answer}`)
}

function evaluationOf({ asked }: ScenarioQuestion) {
  const { who, may, account, organization, owner } = asked
  const [type = '', name = ''] = may.split('.')
  const properties: { account?: string; organization?: string; owner?: string } = {
    ...(organization === undefined ? { account } : { organization: `${account}/${organization}` }),
    ...(owner !== undefined && { owner }),
  }
  return { subject: { type: 'user', id: who }, action: { name }, resource: { type, id: '*', properties } }
}

/** Whether the search for one part of the question finds it. */
async function isFound(
  client: TestClient,
  kind: 'subject' | 'resource' | 'action',
  { world }: Scenario,
  question: ScenarioQuestion,
): Promise<boolean> {
  const { who, may, account, organization } = question.asked
  const { subject, action, resource } = evaluationOf(question)
  const isOfAccount = world.blueprint.permission.get(may)?.level === 'account'
  // What is searched for are places, and everywhere is none.
  if (kind === 'resource' && organization === undefined && !isOfAccount) return question.expected

  const { owner } = resource.properties
  const properties = { account, ...(owner !== undefined && { owner }) }
  const body = {
    subject: { subject: { type: 'user' }, action, resource },
    resource: { subject, action, resource: { type: resource.type, properties } },
    action: { subject, resource },
  }[kind]
  const reply = await client.post(`/access/v1/search/${kind}`, { ...body, page: { limit: 1_000 } })
  return reply.json<{ results: readonly Result[] }>().results.some(({ id, name, properties: found }) => {
    if (kind === 'subject') return id === worldIds.user(who)
    if (kind === 'action') return name === action.name
    return isOfAccount
      ? id === worldIds.account(account)
      : found?.organization === `${account}/${organization}`
  })
}

interface Result {
  readonly id?: string
  readonly name?: string
  readonly properties?: { readonly organization?: string }
}
