/** Cuts what PostgreSQL sends into its messages: a byte for the type, four for the length, and the rest. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0)

  /** The messages that are whole by now. */
  read(bytes: Buffer): readonly Buffer[] {
    let left = Buffer.concat([this.#rest, bytes])
    const frames: Buffer[] = []
    while (left.length >= 5) {
      const length = 1 + left.readUInt32BE(1)
      if (left.length < length) break
      frames.push(left.subarray(0, length))
      left = left.subarray(length)
    }
    this.#rest = left
    return frames
  }
}
