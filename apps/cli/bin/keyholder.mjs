#!/usr/bin/env node
import { register } from 'tsx/esm/api'

// The sources run as they are; nothing has to be built first.
register()
await import('../src/main.ts')
