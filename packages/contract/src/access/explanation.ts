import { z } from 'zod'

export const Explanation = z.looseObject({}).meta({ id: 'Explanation' })
