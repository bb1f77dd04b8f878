/** Prints what a system's rules answer to some calls, as a process of the product would meet them. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  unlink,
  writeFileSync,
} from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'

import Database from 'better-sqlite3'

/** What a call answered: the code of its error, or `ok`. */
async function outcome(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'ok'
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error)
  }
}

const flushed = (path: string, flags: string): void => {
  const descriptor = openSync(path, flags)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const flushing = {
  'flush what is open to read': (path: string) => flushed(path, 'r'),
  'flush what is open to read, by a callback': async (path: string) => promisify(fsync)(openSync(path, 'r')),
  'flush what is open to read, by a handle': async (path: string) => {
    await using handle = await open(path, 'r')
    await handle.sync()
  },
  'flush what is open to write': (path: string) => flushed(path, 'r+'),
  'flush what is open to append': (path: string) => flushed(path, 'a'),
}

async function tryOpenFiles(folder: string): Promise<Record<string, string>> {
  const path = join(folder, 'held.db')
  const other = join(folder, 'other')
  mkdirSync(join(folder, 'folder'))
  writeFileSync(other, '')
  const db = new Database(path)
  const nested = openSync(join(folder, 'folder', 'file'), 'w')
  db.exec('CREATE TABLE a (x)')
  const held = {
    'rename what SQLite has open': await outcome(() => renameSync(path, `${path}.2`)),
    'rename it, by a promise': await outcome(() => rename(path, `${path}.2`)),
    'remove what SQLite has open': await outcome(() => rmSync(path, { force: true })),
    'remove it, by a callback': await outcome(() => promisify(unlink)(path)),
    'replace what SQLite has open': await outcome(() => renameSync(other, path)),
    'rename a folder with an open file': await outcome(() => renameSync(join(folder, 'folder'), join(folder, 'moved'))),
  }
  db.close()
  closeSync(nested)
  for (const name of ['folder', 'moved', 'other', 'held.db', 'held.db.2']) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
  return held
}

async function tryNames(folder: string): Promise<Record<string, string>> {
  const tried: Record<string, string> = {}
  for (const name of [
    'a:b',
    'a?',
    'a\\b',
    'NUL',
    'con.txt',
    'Com1.tar.gz',
    'LPT\u00B2',
    'dot.',
    'space ',
    'console',
    '.x',
  ]) {
    tried[`make ${name}`] = await outcome(() => writeFileSync(join(folder, name), ''))
  }
  tried['make a folder inside one that has no name there'] = await outcome(() =>
    mkdirSync(join(folder, 'aux', 'inside'), { recursive: true }),
  )
  writeFileSync(join(folder, 'Müller'), '')
  tried['find MÜLLER'] = String(existsSync(join(folder, 'MÜLLER')))
  tried['find it decomposed'] = String(existsSync(join(folder, 'Müller'.normalize('NFD'))))
  tried['make müller, which must not exist'] = await outcome(() =>
    writeFileSync(join(folder, 'müller'), '', { flag: 'wx' }),
  )
  renameSync(join(folder, 'Müller'), join(folder, 'MÜLLER'))
  tried['change its case'] = readdirSync(folder)
    .filter((name) => /^m.*ller$/iu.test(name))
    .join(' ')
  const deep = join(folder, ...Array.from({ length: 4 }, () => 'x'.repeat(60)))
  mkdirSync(deep, { recursive: true })
  tried['open a database in a path of 260 characters'] = await outcome(() =>
    new Database(join(deep, 'register.db')).close(),
  )
  return tried
}

async function trySignals(): Promise<Record<string, string>> {
  const script = "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('ready')"
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const hup = await outcome(() => process.kill(process.pid, 'SIGCONT'))
  const alive = await outcome(() => process.kill(child.pid ?? 0, 0))
  child.kill('SIGTERM')
  const [code, signal] = await once(child, 'exit')
  return {
    'ask whether a process is alive': alive,
    'send a signal that is not emulated': hup,
    'ask a process to end': code === null ? `killed by ${signal}` : `it ended with ${code}`,
  }
}

const folder = process.argv[2] ?? String(workerData)
const file = join(folder, 'file')
if (isMainThread && process.argv[3] === undefined) {
  writeFileSync(file, 'x')
  const results: Record<string, string> = {}
  for (const [name, work] of Object.entries(flushing)) results[name] = await outcome(() => work(file))
  const worker = new Worker(new URL(import.meta.url), { workerData: folder })
  ;[results['flush it in a thread']] = (await once(worker, 'message')) as [string]
  const child = spawnSync(process.execPath, [import.meta.filename, folder, 'child'], { encoding: 'utf8' })
  results['flush it in a process'] = child.stdout
  Object.assign(results, await tryOpenFiles(folder), await tryNames(folder), await trySignals())
  process.stdout.write(JSON.stringify(results))
} else {
  const answer = await outcome(() => flushed(file, 'r'))
  // A thread is not a window and has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  if (parentPort) parentPort.postMessage(answer)
  else process.stdout.write(answer)
}
