import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindSupportBeginning } from './begin-support.ts'
import { bindSupportEnding } from './end-support.ts'
import { bindOperators } from './operators.ts'
import { bindSupportReads } from './read-support.ts'

/** Everything about the operator's staff, and when they are in which account. */
export function bindSupport(bind: Bind, deps: AppDeps): void {
  bindOperators(bind, deps)
  bindSupportReads(bind, deps)
  bindSupportBeginning(bind, deps)
  bindSupportEnding(bind, deps)
}
