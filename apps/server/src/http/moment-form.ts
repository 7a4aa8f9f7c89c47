/** A moment of the core as the API writes it. */
export function momentForm(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString()
}
