export { millisecondsWorked } from './server/milliseconds-worked.ts'
export { naughtyStrings } from './server/naughty-strings.ts'
export { smallWorld } from './server/small-world.ts'
export {
  startTestNode,
  type TestClock,
  type TestNode,
  type TestNodeOptions,
} from './server/start-test-node.ts'
export { startTestServer, type TestServer, type TestServerOptions } from './server/start-test-server.ts'
export { testClient, type TestClient, type TestReply, type TestRequest } from './server/test-client.ts'
export { makeKey, type TestKey, type WantedKey } from './server/test-keys.ts'
export { browserOf, carryingSession, publicUrl, sessionCookieIn } from './server/sign-in.ts'
export { totpCode } from './server/totp-code.ts'
export { giveTestPassword, testPassword } from './server/test-people.ts'
