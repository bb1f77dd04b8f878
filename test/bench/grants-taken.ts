/**
 * Applies the first readings of organizations to a new, encrypted register, each in a transaction of its own as a sync
 * does, and prints the milliseconds that this took: `node grants-taken.ts FOLDER ORGANIZATIONS`.
 */
import { makeBigRegister } from './big-register.ts'

const [folder, count] = process.argv.slice(2)
if (folder === undefined || count === undefined) throw new Error('Name the folder and the number of organizations.')
const organizations = Number(count)
const size = {
  organizations,
  people: organizations * 2500,
  keys: 0,
  grants: organizations * 25_000,
  projects: organizations * 50,
}
const before = performance.now()
const register = makeBigRegister(folder, new Uint8Array(32).fill(7), size, Date.now())
const ms = performance.now() - before
const grants = register.reader.value<number>('SELECT count(*) FROM grant')
register.close()
if (grants !== size.grants) throw new Error(`The register has ${grants} grants instead of ${size.grants}.`)
process.stdout.write(`${ms}\n`)
