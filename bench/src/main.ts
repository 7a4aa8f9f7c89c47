import { runHttp } from './http/run.ts'
import { runInProcess } from './in-process/run.ts'
import { tableSize } from './world/size.ts'

/* `npm run bench` measures; `npm run bench -- --agree` only holds every engine against the slow model. */
const isTimed = !process.argv.includes('--agree')

await runInProcess(tableSize, { isTimed })
await runHttp({ isTimed })
