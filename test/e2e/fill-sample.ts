import { sessionOpener } from '../../electron/cli/open-session.ts'
import { memoryStore } from '../../electron/secrets/secret-store.ts'

/** Fills the profile given as its argument with the sample agency, with the key of its register in a file beside it. */
const [profile = ''] = process.argv.slice(2)
const open = sessionOpener({
  secrets: memoryStore('The profile needs its key in a file, so that copies of it can be opened.'),
})
const session = await open({ profile, mode: 'write', create: true, client: undefined, progress: undefined })
await session.fillWithSample()
await session.close()
