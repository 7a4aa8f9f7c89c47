import autocannon from 'autocannon'
import type { DemoServer } from './demo-server.ts'

const seconds = 10
const perSecond = 500

const question = JSON.stringify({
  subject: { type: 'user', id: 'dana' },
  action: { name: 'edit' },
  resource: { type: 'asset', id: '1', properties: { organization: 'harbor-lane/riverside' } },
})

/** How long decisions take, with and without a flood of people who try to sign in at the same time. */
export async function timeFlood(server: DemoServer) {
  const quiet = await decisions(server)
  const [flooded, signIns] = await Promise.all([decisions(server), tries(server)])
  return { quiet, flooded, signIns }
}

async function decisions({ url, decisionKey }: DemoServer) {
  const result = await autocannon({
    url: `${url}/access/v1/evaluation`,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${decisionKey}` },
    body: question,
    connections: 10,
    overallRate: perSecond,
    duration: seconds,
  })
  const { latency, non2xx } = result
  return { p50: latency.p50, p95: latency.p97_5, p99: latency.p99, failed: non2xx }
}

async function tries({ url }: DemoServer) {
  let number = 0
  const result = await autocannon({
    url: `${url}/api/v1/sign-in/password`,
    method: 'POST',
    connections: 100,
    overallRate: perSecond,
    duration: seconds,
    requests: [
      {
        setupRequest: (request) => {
          number++
          const from = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
          return {
            ...request,
            headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
            body: JSON.stringify({ email: `nobody-${number}@example.test`, password: 'whatever it may be' }),
          }
        },
      },
    ],
  })
  const statuses = (result as unknown as { statusCodeStats: Record<string, { count: number }> })
    .statusCodeStats
  return Object.fromEntries(Object.entries(statuses).map(([status, { count }]) => [status, count]))
}
