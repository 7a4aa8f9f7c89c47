import type { AppDeps } from '../../app-deps.ts'
import type { KnownProviders } from '../oidc/known-providers.ts'

/** What bringing people in by single sign-on needs. */
export type SsoDeps = Pick<
  AppDeps,
  'db' | 'replica' | 'blueprint' | 'newId' | 'publicUrl' | 'sealing' | 'log' | 'outside'
> & { readonly providers: KnownProviders }
