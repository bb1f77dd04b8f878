import { sessionOpener } from '../../electron/cli/open-session.ts'
import { memoryStore } from '../../electron/secrets/secret-store.ts'

/** Fills the profile that its argument names with the sample agency, with the key of its register in a file beside it. */
const [profile = ''] = process.argv.slice(2)
const open = sessionOpener({ secrets: memoryStore('A copy of this profile has to find its key in itself.') })
const session = await open({ profile, mode: 'write', create: true, client: undefined, progress: undefined })
await session.fillWithSample()
await session.close()
