export { Message, readMessage, type MessageOf, type Template } from './message.ts'
