import { beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '@keyholder/testkit/server'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})

const viv = { type: 'user', id: 'viv' }
const rome = { organization: 'acme/rome' }
const asset = (properties: object = rome) => ({ type: 'asset', id: '7', properties })
/** Viv views all of Acme, and may tag nowhere but in Rome. */
const views = { action: { name: 'view' } }
const tags = { action: { name: 'tag' } }
const inRome = { resource: asset() }
const inOslo = { resource: asset({ organization: 'acme/oslo' }) }

const post = (body: object) => server.operator.post('/access/v1/evaluations', body)

async function decisions(body: object): Promise<boolean[]> {
  const reply = await post(body)
  expect(reply.status).toBe(200)
  const { evaluations } = reply.json<{ evaluations: { decision: boolean }[] }>()
  return evaluations.map(({ decision }) => decision)
}

describe('a batch', () => {
  test('is answered question by question, in its order', async () => {
    const evaluations = [
      { subject: viv, ...views, ...inRome },
      { subject: viv, ...tags, ...inOslo },
      { subject: viv, ...tags, ...inRome },
    ]
    expect(await decisions({ evaluations })).toEqual([true, false, true])
  })

  test('lends what it says itself to the questions that leave it out', async () => {
    const evaluations = [inRome, inOslo, { ...views, ...inOslo }]
    expect(await decisions({ subject: viv, ...tags, evaluations })).toEqual([true, false, true])
  })

  test('lends no properties to a resource of a question, but its type and id', async () => {
    const evaluations = [
      { resource: { properties: { organization: 'acme/oslo' } } },
      { resource: { id: '8' } },
    ]
    expect(await decisions({ subject: viv, ...views, resource: asset(), evaluations })).toEqual([true, false])
  })

  test('does not suffer from a question that is not whole', async () => {
    const reply = await post({
      subject: viv,
      ...views,
      evaluations: [inRome, {}, { resource: 7 }, { ...inRome, action: { name: 7 } }, inOslo],
    })
    expect(reply.status).toBe(200)
    const { evaluations } = reply.json<{ evaluations: object[] }>()
    expect(evaluations).toMatchObject([
      { decision: true },
      {
        decision: false,
        context: {
          reasons: ['question_malformed'],
          error: { status: 400, message: '`resource` is missing, here and for the whole batch.' },
        },
      },
      { decision: false, context: { error: { status: 400 } } },
      { decision: false, context: { error: { message: '`action.name` is missing or not of its type.' } } },
      { decision: true },
    ])
  })

  test('about many accounts and people is answered in one go', async () => {
    const evaluations = [
      { subject: { type: 'user', id: 'gus' }, ...views, resource: asset({ organization: 'globex/lima' }) },
      { subject: { type: 'user', id: 'otto' }, ...views, ...inRome },
      { subject: { type: 'user', id: 'mallory@globex.example' }, ...views, ...inOslo },
      { subject: { type: 'user', id: 'nobody' }, ...views, ...inRome },
      { subject: viv, ...views, resource: asset({ organization: 'nowhere/rome' }) },
    ]
    expect(await decisions({ evaluations })).toEqual([true, true, true, false, false])
  })

  test.each([
    ['execute_all', [true, false, true]],
    ['deny_on_first_deny', [true, false]],
    ['permit_on_first_permit', [true]],
  ])('with %s ends where it demands', async (semantic, expected) => {
    const body = { subject: viv, ...tags, evaluations: [inRome, inOslo, inRome] }
    expect(await decisions({ ...body, options: { evaluations_semantic: semantic } })).toEqual(expected)
  })

  test('with permit_on_first_permit goes on past denials', async () => {
    const body = { subject: viv, ...tags, evaluations: [inOslo, inOslo, inRome, inOslo] }
    const options = { evaluations_semantic: 'permit_on_first_permit', another_option: 'value' }
    expect(await decisions({ ...body, options })).toEqual([false, false, true])
  })

  test.each([
    ['with an unknown semantic', { evaluations: [inRome], options: { evaluations_semantic: 'best_of' } }],
    ['with questions that are no objects', { evaluations: ['viv'] }],
    ['with something else than questions', { evaluations: {} }],
    ['with a subject of its own that is text', { subject: 'viv', evaluations: [inRome] }],
    [
      'with more questions than can be explained',
      { context: { explain: true }, evaluations: Array.from({ length: 101 }, () => inRome) },
    ],
    ['with more questions than it may have', { evaluations: Array.from({ length: 1_001 }, () => inRome) }],
  ])('%s is refused whole', async (_, body) => {
    const reply = await post({ subject: viv, ...views, ...body })
    expect(reply.status).toBe(400)
  })

  test.each([{}, { evaluations: [] }])('without questions (%j) is a question itself', async (body) => {
    const reply = await post({ subject: viv, ...views, ...inRome, ...body })
    expect(reply.json()).toMatchObject({ decision: true, context: { reasons: ['granted'] } })
    expect((await post({ subject: viv, ...views, ...body })).status).toBe(400)
  })

  test('with one revision that does not exist is refused, whichever question it stands in', async () => {
    const reply = await post({
      subject: viv,
      ...views,
      evaluations: [inRome, { ...inOslo, context: { at_least: 'acc_acme:1000000' } }],
    })
    expect(reply.status).toBe(409)
    expect(reply.json()).toMatchObject({ code: 'revision_unreached', account: 'acc_acme' })
  })
})
