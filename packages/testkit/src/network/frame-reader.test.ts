import { expect, test } from 'vitest'
import { FrameReader } from './frame-reader.ts'

function message(type: string, text: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(4 + text.length)
  return Buffer.concat([Buffer.from(type), length, Buffer.from(text)])
}

test('messages come out whole and in order, however they are cut on the way', () => {
  const messages = [message('Z', 'I'), message('A', 'a notification'), message('D', '')]
  const stream = Buffer.concat(messages)

  for (let size = 1; size <= stream.length; size++) {
    const reader = new FrameReader()
    const read: Buffer[] = []
    for (let at = 0; at < stream.length; at += size) read.push(...reader.read(stream.subarray(at, at + size)))
    expect(read.map(String)).toEqual(messages.map(String))
  }
})
