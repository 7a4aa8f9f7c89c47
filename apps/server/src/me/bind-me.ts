import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindMe } from './me.ts'
import { bindMySessions } from './my-sessions.ts'

/** Everything that people see and change of their own login. */
export function bindOwnLogin(bind: Bind, deps: AppDeps): void {
  bindMe(bind, deps)
  bindMySessions(bind, deps)
}
