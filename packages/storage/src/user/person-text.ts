import { folded } from '../text/folded.ts'

/** What a person is sorted and searched by; somebody without a name goes by their address. */
export function personText(
  name: string | null | undefined,
  email: string,
): { readonly sort_name: string; readonly search_text: string } {
  return { sort_name: folded(name ?? email), search_text: folded(`${name ?? ''} ${email}`.trim()) }
}
