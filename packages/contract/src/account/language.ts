import { z } from 'zod'
import { languages } from '@keyholder/core'

/** A language that mails and pages are complete in. */
export const language = z.enum(languages)
