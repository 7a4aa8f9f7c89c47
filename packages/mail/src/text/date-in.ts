import type { Language } from '@keyholder/core'

/** A moment in the words of a language: in UTC, and says so, since nobody knows where the mail is read. */
export function dateIn(language: Language, moment: string): string {
  const format = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
    timeZoneName: 'short',
  })
  return format.format(new Date(moment))
}
