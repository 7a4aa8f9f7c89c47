/** A moment as SAML writes it: in UTC. Undefined for anything else, which nobody should have to interpret. */
export function instantOf(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text)) return undefined
  const at = new Date(text)
  // The thirty-first of June would be taken for the first of July.
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(text.slice(0, 19)) ? undefined : at
}
