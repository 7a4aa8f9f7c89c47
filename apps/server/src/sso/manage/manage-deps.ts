import type { AppDeps } from '../../app-deps.ts'
import type { ChangeDeps } from '../../change/change-deps.ts'

/** What managing single sign-on needs. */
export type ManageDeps = ChangeDeps &
  Pick<AppDeps, 'publicUrl' | 'sealing' | 'outside' | 'resolveTxt' | 'cursorSecret'>
