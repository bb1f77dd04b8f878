/**
 * A process that holds the writer lock: `node hold-lock.ts PROFILE WHAT` prints `held` and stays, or prints why not.
 */
import { takeWriterLock } from '../../../../electron/service/profile/writer-lock.ts'

const [profile = '', what = ''] = process.argv.slice(2)
try {
  const lock = takeWriterLock(profile, what)
  console.log('held')
  process.stdin.once('data', () => {
    lock.release()
    console.log('released')
  })
  setInterval(() => undefined, 60_000)
} catch (error) {
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
}
