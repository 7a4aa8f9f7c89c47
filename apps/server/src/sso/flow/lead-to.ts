import { answer } from '../../http/answer.ts'

/** Sends a browser on to a page of ours. INVARIANT: `path` is one of ours, or was read by `returnPath`. */
export function leadTo(publicUrl: string, path: string, cookie?: string) {
  const headers = { location: `${publicUrl}${path}`, ...(cookie !== undefined && { 'set-cookie': cookie }) }
  return answer(303, undefined, { headers })
}
