import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

const Status = z.strictObject({ status: z.enum(['ok', 'stopping', 'unavailable']) })

export const getHealth = endpoint({
  id: 'status.health',
  method: 'GET',
  path: '/healthz',
  summary: 'Whether the process is alive',
  access: 'public',
  answers: { 200: Status },
  problems: [],
})

export const getReadiness = endpoint({
  id: 'status.readiness',
  method: 'GET',
  path: '/readyz',
  summary: 'Whether the node wants requests: it reaches its database and is not about to stop',
  access: 'public',
  answers: { 200: Status, 503: Status },
  problems: [],
})

export const statusEndpoints = [getHealth, getReadiness]
