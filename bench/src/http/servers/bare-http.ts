import { createServer } from 'node:http'

/* The least that a Node.js server can do with a POST that carries JSON: read it, parse it, answer. */
const server = createServer((request, response) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(pieces).toString()) as { subject?: { id?: string } }
    const text = JSON.stringify({ decision: body.subject?.id !== undefined })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  })
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'))
