import { fastify } from 'fastify'
import { describe, expect, test } from 'vitest'
import { takeForms } from './take-forms.ts'

const app = fastify()
takeForms(app)
app.post('/form', { config: { takesForms: true } }, async (request) => request.body)
app.post('/json', { config: { takesForms: false } }, async (request) => request.body)

const headers = { 'content-type': 'application/x-www-form-urlencoded' }

describe('a form', () => {
  test('is read where the route says so', async () => {
    const payload = 'SAMLResponse=PGE%2B&RelayState=_1'
    const reply = await app.inject({ method: 'POST', url: '/form', headers, payload })

    expect(reply.json()).toEqual({ SAMLResponse: 'PGE+', RelayState: '_1' })
  })

  test('keeps what comes twice, for the schema to refuse', async () => {
    const reply = await app.inject({ method: 'POST', url: '/form', headers, payload: 'a=1&a=2&__proto__=3' })

    expect(JSON.parse(reply.body)).toHaveProperty('a', ['1', '2'])
    expect(reply.body).toContain('"__proto__":"3"')
  })

  test('is not read anywhere else', async () => {
    const reply = await app.inject({ method: 'POST', url: '/json', headers, payload: 'a=1' })

    expect(reply.json()).toMatchObject({ code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' })
  })
})
