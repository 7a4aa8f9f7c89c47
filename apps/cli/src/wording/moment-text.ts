/** A moment in the shortest form that a world file reads. */
export function momentText(moment: number): string {
  return new Date(moment).toISOString().replace('.000Z', 'Z')
}
