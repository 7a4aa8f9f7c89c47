import { expect, test } from 'vitest'
import { pino } from 'pino'
import { createHttp } from './create-http.ts'

function emptyServer() {
  return createHttp({ publicUrl: 'http://localhost', bodyLimit: 1_000, log: pino({ level: 'silent' }) })
}

test('a route that does not say what it demands of its caller stops the start', () => {
  const http = emptyServer()

  expect(() => http.get('/door', () => 'open')).toThrow('GET /door does not declare the access it needs')
  expect(() => http.get('/door', { config: { access: 'public' } }, () => 'open')).not.toThrow()
})
