export { Message, readMessage, type MessageOf, type Template } from './message.ts'
export { renderMail, type RenderedMail } from './render-mail.tsx'
export type { Origin } from './letter/wording.ts'
