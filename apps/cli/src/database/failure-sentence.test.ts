import { DatabaseUnavailable, EmbeddedPostgresRefusal } from '@keyholder/storage'
import { describe, expect, test } from 'vitest'
import { failureSentence } from './failure-sentence.ts'

function failure(code: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { code, ...more })
}

describe('a failure of the surroundings is told in a sentence', () => {
  test.each([
    [
      'a port in use',
      failure('EADDRINUSE', '', { address: '::1', port: 4455 }),
      'Port 4455 of `::1` is in use',
    ],
    [
      'a wrong password',
      failure('28P01', 'no such password'),
      'does not let Keyholder in (no such password)',
    ],
    ['a server that starts', failure('57P03', 'starting up'), 'try again in a moment'],
    [
      'a host of several addresses',
      Object.assign(new AggregateError([new Error('refused at ::1'), new Error('refused at 127.0.0.1')]), {
        code: 'ECONNREFUSED',
      }),
      '(refused at ::1; refused at 127.0.0.1)',
    ],
    [
      'a data folder in use',
      new EmbeddedPostgresRefusal('folder_in_use', 'The data folder is in use.'),
      'The data folder is in use.',
    ],
    ['a database that is away', new DatabaseUnavailable('busy', undefined), 'did not answer in time'],
  ])('%s', (_, error, sentence) => {
    expect(failureSentence(error)).toContain(sentence)
  })

  test('and a bug is not', () => {
    expect(failureSentence(new TypeError('x is not a function'))).toBeUndefined()
    expect(failureSentence(failure('23505', 'duplicate key'))).toBeUndefined()
  })
})
