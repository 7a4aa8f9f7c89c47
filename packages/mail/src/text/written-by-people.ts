/** Letters that turn the direction of the text around them, and marks that are not seen. */
const invisible = /[\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g
/** Controls of a terminal, a header or a page; tab and line feed are seen to by the callers. */
// oxlint-disable-next-line no-control-regex -- these are what is taken out
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g

/** Text that people wrote, with its lines, and without what could act upon its surroundings. */
export function manyLines(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(controls, '')
    .replace(invisible, '')
    .replace(/[^\S\n]+$/gm, '')
    .trim()
}

/** The same on a single line, as in a sentence or a header. */
export function oneLine(text: string): string {
  return manyLines(text).replace(/\s+/g, ' ')
}
