import { beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '@keyholder/testkit/server'

/* What the standard, and the working group's certification scenario, demand of requests and answers. */

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})

const subject = { type: 'user', id: 'viv' }
const action = { name: 'view' }
const resource = { type: 'asset', id: '7', properties: { organization: 'acme/rome' } }
const question = { subject, action, resource }

const json = { 'content-type': 'application/json' }

/** Sends this very text. */
function send(payload: string, headers: Record<string, string> = json, url = '/access/v1/evaluation') {
  const authorization = `Bearer ${server.operatorKey.secret}`
  return server.app.http.inject({ method: 'POST', url, headers: { authorization, ...headers }, payload })
}

describe('a request that is no question is refused with 400', () => {
  test.each([
    ['without a subject', { action, resource }, '/subject'],
    ['without an action', { subject, resource }, '/action'],
    ['without a resource', { subject, action }, '/resource'],
    ['with a subject without a type', { ...question, subject: { id: 'viv' } }, '/subject/type'],
    ['with a subject without an id', { ...question, subject: { type: 'user' } }, '/subject/id'],
    ['with an action without a name', { ...question, action: {} }, '/action/name'],
    ['with a resource without a type', { ...question, resource: { id: '7' } }, '/resource/type'],
    ['with a resource without an id', { ...question, resource: { type: 'asset' } }, '/resource/id'],
    ['with text as a subject', { ...question, subject: 'viv' }, '/subject'],
    ['with a list as a subject', { ...question, subject: ['viv'] }, '/subject'],
    ['with a number as a name', { ...question, action: { name: 123 } }, '/action/name'],
    ['with null as a resource', { ...question, resource: null }, '/resource'],
    [
      'with an owner that is no name',
      { ...question, resource: { ...resource, properties: { owner: 7 } } },
      '/resource/properties/owner',
    ],
    ['with a revision that is none', { ...question, context: { at_least: 'acc_acme' } }, '/context/at_least'],
    ['with a negative revision', { ...question, context: { at_least: -1 } }, '/context/at_least'],
    [
      'with a request to explain that is neither yes nor no',
      { ...question, context: { explain: 'yes' } },
      '/context/explain',
    ],
  ])('%s', async (_, body, pointer) => {
    const reply = await send(JSON.stringify(body))
    expect(reply.statusCode).toBe(400)
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(reply.json()).toMatchObject({ code: 'request_invalid', errors: [{ pointer }] })
  })

  test.each([
    ['of another type', JSON.stringify(question), { 'content-type': 'text/plain' }],
    ['of a form', 'subject=viv', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['of no type', JSON.stringify(question), {}],
    ['of a type that is like JSON', JSON.stringify(question), { 'content-type': 'application/jsonp' }],
    ['that is empty', '', json],
    ['that is empty and of no type', '', {}],
    ['that is cut off', '{"subject": ', json],
    ['that is a list', '[]', json],
    ['that is null', 'null', json],
    ['that is text', '"viv"', json],
    ['with a key that poisons objects', '{"__proto__": {"subject": 1}}', json],
  ])('with a body %s', async (_, payload, headers) => {
    const reply = await send(payload, headers)
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ status: 400 })
  })

  test('but not for the charset of its JSON', async () => {
    const reply = await send(JSON.stringify(question), { 'content-type': 'application/json; charset=utf-8' })
    expect(reply.json()).toMatchObject({ decision: true })
  })
})

describe('the name of a request', () => {
  test.each(['bfe9eb29-ab87-4ca3-be83-a1d5d8305716', 'what ever: "it" is, {longer}', 'x'.repeat(500)])(
    'comes back as it was sent: %s',
    async (name) => {
      const reply = await send(JSON.stringify(question), { ...json, 'x-request-id': name })
      expect(reply.headers['x-request-id']).toBe(name)
    },
  )

  test('comes back with a refusal too', async () => {
    const reply = await send('', { ...json, 'x-request-id': 'mine' })
    expect(reply.headers['x-request-id']).toBe('mine')
  })

  test('is made up where none was sent', async () => {
    const reply = await send(JSON.stringify(question))
    expect(reply.headers['x-request-id']).toMatch(/^[\w-]{8,}$/)
  })
})

test('the same question is answered alike each time', async () => {
  const replies = await Promise.all(Array.from({ length: 10 }, () => send(JSON.stringify(question))))
  expect(new Set(replies.map(({ body }) => body)).size).toBe(1)
})

test('another method is refused, and the right one named', async () => {
  const reply = await server.operator.get('/access/v1/evaluation')
  expect(reply.status).toBe(405)
  expect(reply.headers['allow']).toBe('POST')
})

test('the configuration tells where everything is, to anybody', async () => {
  const reply = await server.anonymous.get('/.well-known/authzen-configuration')
  expect(reply.status).toBe(200)
  expect(reply.headers['content-type']).toMatch(/^application\/json/)
  expect(reply.json()).toEqual({
    policy_decision_point: 'http://localhost:4455',
    access_evaluation_endpoint: 'http://localhost:4455/access/v1/evaluation',
    access_evaluations_endpoint: 'http://localhost:4455/access/v1/evaluations',
    search_subject_endpoint: 'http://localhost:4455/access/v1/search/subject',
    search_resource_endpoint: 'http://localhost:4455/access/v1/search/resource',
    search_action_endpoint: 'http://localhost:4455/access/v1/search/action',
  })
})
