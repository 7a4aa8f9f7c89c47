import { runHttp } from './http/run.ts'
import { runInProcess } from './in-process/run.ts'
import { runSignIn } from './sign-in/run.ts'
import { tableSize } from './world/size.ts'

/*
 * `npm run bench` measures; `npm run bench -- --agree` only holds every engine against the slow model, and
 * `npm run bench -- --sign-in` measures what people who sign in, or only try, do to the time of answers.
 */
const isTimed = !process.argv.includes('--agree')

if (process.argv.includes('--sign-in')) {
  await runSignIn()
} else {
  await runInProcess(tableSize, { isTimed })
  await runHttp({ isTimed })
}
