import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

import { replacePrivateFile } from '../files/private-file.ts'
import { configure, findData, isFree, makeCluster } from './cluster.ts'
import { findHostFolder, HOSTED_FILE, type HostedDatabase, readHosted } from './hosted.ts'
import { findPrograms, HostError, mustRun, run } from './programs.ts'
import { findService } from './service.ts'

export interface HostOptions {
  /** The name or address by which members reach this machine; null: as before, at first the name of the machine. */
  readonly name: string | null
  /** Null: as before, at first the first free one from 5432 on. */
  readonly port: number | null
  readonly folder?: string
}

export interface HostStatus {
  readonly hosted: HostedDatabase
  readonly folder: string
  /** Until when the certificate is valid, in milliseconds. */
  readonly until: number
  /** When it starts again by itself, in words. */
  readonly starts: string
}

type Print = (line: string) => Promise<void>

const READY_TRIES = 300
const READY_MS = 100

/**
 * Makes a PostgreSQL of this user's own on this machine, or goes on with it: settings, a certificate that is due, start. Prints what comes next.
 * Throws `HostError`.
 */
export async function hostTeam(
  { name, port, folder = findHostFolder() }: HostOptions,
  print: Print,
): Promise<HostStatus> {
  if (process.getuid?.() === 0) {
    throw new HostError('PostgreSQL does not run as root. Run castellan team host as an ordinary user.')
  }
  const programs = await findPrograms()
  const data = findData(folder)
  const before = existsSync(data) ? await readHosted(folder) : null
  if (before === null && existsSync(data)) {
    throw new HostError(
      `${join(folder, HOSTED_FILE)} is missing beside its data. Put it back from a backup, or move ${folder} away.`,
    )
  }
  if (port !== null && before?.port !== port && !(await isFree(port))) {
    throw new HostError(`Port ${port} is taken by another program. Name another one: --port ${port + 1}`)
  }
  const made = before ?? (await makeCluster(folder, programs, name ?? hostname(), port))
  const hosted = { ...made, host: name ?? made.host, port: port ?? made.port }
  if (hosted.host !== made.host || hosted.port !== made.port) {
    replacePrivateFile(join(folder, HOSTED_FILE), JSON.stringify(hosted, null, 2))
  }
  const until = configure(folder, hosted, Date.now())
  const service = await findService(programs, data)
  const isRunning = (await run(join(programs, 'pg_ctl'), ['status', '-D', data])).code === 0
  if (isRunning && hosted.port !== made.port) await service.stop()
  if (isRunning && hosted.port === made.port) await mustRun(join(programs, 'pg_ctl'), ['reload', '-s', '-D', data])
  else await service.start()
  await waitUntilReady(programs, hosted.port)
  const day = new Date(until).toISOString().slice(0, 10)
  await print(`PostgreSQL runs at ${hosted.host}, port ${hosted.port}, with its data in ${data}. ${service.starts}`)
  await print(`Its certificate is valid until ${day}. It is renewed in time by each later call of: castellan team host`)
  await print('Members reach it if their machines reach this port. Next, found the team: castellan team init')
  return { hosted, folder, until, starts: service.starts }
}

async function waitUntilReady(programs: string, port: number): Promise<void> {
  for (let tries = 0; tries < READY_TRIES; tries += 1) {
    const asked = await run(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)])
    if (asked.code === 0) return
    await new Promise((resolve) => {
      setTimeout(resolve, READY_MS)
    })
  }
  throw new HostError('PostgreSQL does not answer after its start. Read its log in the folder data/log.')
}

/** Ends the server; its data stays. Throws `HostError`. */
export async function stopHost(folder: string = findHostFolder()): Promise<void> {
  const programs = await findPrograms()
  await (await findService(programs, findData(folder))).stop()
}
