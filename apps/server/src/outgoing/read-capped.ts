/** Reads a body to its end, or gives nothing as soon as it is larger than the cap (in bytes). */
export async function readCapped(
  body: AsyncIterable<Uint8Array>,
  largest: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.byteLength
    if (size > largest) return undefined
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
