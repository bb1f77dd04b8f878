/**
 * Runs inside a session with a Secret Service: enters, tests, syncs and exports through terminal processes, looking all
 * the while for the credential where it must not be. `node keychain-script.ts PROFILE BASE_URL`; the credential comes on
 * standard input, so that it is in no argument and no environment here either. Prints a JSON report.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'

const [profile = '', baseUrl = ''] = process.argv.slice(2)
const secret = (await text(process.stdin)).trim()
const cli = resolve(import.meta.dirname, '../../build/bin/castellan.mjs')

/** The credential in the spellings that a careless program would leave behind. */
const spellings = [
  Buffer.from(secret),
  Buffer.from(secret, 'utf16le'),
  Buffer.from(Buffer.from(secret).toString('base64').slice(4, -4)),
  Buffer.from(Buffer.from(secret).toString('hex')),
]
const holds = (bytes: Buffer): boolean => spellings.some((spelling) => bytes.includes(spelling))

const found: string[] = []
let looks = 0

/** Nothing is exported into a profile. */
const exported = mkdtempSync(join(tmpdir(), 'castellan-exported-'))

/** Arguments and environment of every process of this machine that can be read. */
function lookAtProcesses(): void {
  looks += 1
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    for (const file of ['cmdline', 'environ']) {
      try {
        if (holds(readFileSync(`/proc/${pid}/${file}`))) found.push(`/proc/${pid}/${file}`)
      } catch {
        // It has ended, or belongs to another user.
      }
    }
  }
}

const outputs: Record<string, { readonly code: number | null; readonly stdout: string }> = {}

async function castellan(name: string, args: readonly string[], input?: string): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, '--profile', profile, ...args])
  const watch = setInterval(lookAtProcesses, 20)
  child.stdin.end(input ?? '')
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.on('exit', done)),
  ])
  clearInterval(watch)
  if (holds(Buffer.from(stdout + stderr))) found.push(`output of ${name}`)
  outputs[name] = { code, stdout: stdout + stderr }
}

function lookAtFiles(folder: string): number {
  let files = 0
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry)
    if (!statSync(path).isFile()) continue
    files += 1
    if (holds(readFileSync(path))) found.push(path)
  }
  return files
}

await castellan('client add', ['client', 'add', 'Acme Corp'])
await castellan(
  'connection add',
  ['connection', 'add', '--client', 'acme-corp', '--provider', 'openai', '--base-url', baseUrl],
  `${secret}\n`,
)
await castellan('connection test', ['connection', 'test', '1'])
await castellan('connection list', ['connection', 'list', '--json'])
await castellan('sync', ['sync'])
await castellan('person list', ['person', 'list', '--json'])
await castellan('register', ['register', '--format', 'json', '--out', join(exported, 'register.json')])
await castellan('integrity', ['integrity'])
lookAtProcesses()
const files = lookAtFiles(profile) + lookAtFiles(exported) + lookAtFiles(process.env['HOME'] ?? profile)
const keyFile = readdirSync(profile).includes('register.key')
await castellan('connection remove', ['connection', 'remove', '1', '--yes'])
await castellan('sync after removal', ['sync'])
console.log(`RESULT ${JSON.stringify({ found, looks, files, keyFile, outputs })}`)
