export {
  startMailServer,
  type MailServer,
  type ReceivedMail,
  type Refusal,
} from './mail/start-mail-server.ts'
export { naughtyStrings } from './server/naughty-strings.ts'
