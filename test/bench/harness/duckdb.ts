import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { timeCommand } from './command.ts'
import { timed } from './measure.ts'

/** The version that was compared with; its binary has 68 MB, so it is not a dependency. */
const PACKAGE = '@duckdb/node-api@1.5.6-r.1'

/** What is used of its interface. */
interface Connection {
  run(statement: string): Promise<unknown>
  runAndReadAll(statement: string): Promise<{ getRows(): readonly (readonly unknown[])[] }>
  closeSync(): void
}

/** A database of DuckDB in the memory of this process. */
export interface DuckDb {
  run(statement: string): Promise<unknown>
  /** Milliseconds until the rows of a statement are in JavaScript. */
  timed(statement: string): Promise<number>
  /** Milliseconds until the result is ready, none of its rows read. */
  timedUnread(statement: string): Promise<number>
  close(): void
}

export function installDuckDb(folder: string): string {
  return `npm install --prefix ${folder} ${PACKAGE}`
}

/** Starts it from a folder, where it is installed at the first use; null when the registry does not have it. */
export async function startDuckDb(folder: string): Promise<DuckDb | null> {
  const entry = join(folder, 'node_modules/@duckdb/node-api/lib/index.js')
  if (!existsSync(entry)) {
    const [npm = '', ...args] = installDuckDb(folder).split(' ')
    await timeCommand(npm, [...args, '--no-audit', '--no-fund', '--ignore-scripts']).catch(() => null)
    if (!existsSync(entry)) return null
  }
  const { DuckDBInstance } = (await import(entry)) as {
    readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }> }
  }
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  return {
    run: (statement) => connection.run(statement),
    timed: (statement) => timed(async () => (await connection.runAndReadAll(statement)).getRows()),
    timedUnread: (statement) => timed(() => connection.run(statement)),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
