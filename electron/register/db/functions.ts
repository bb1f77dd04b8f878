import type { Database } from 'better-sqlite3'

import { foldName } from '../../../shared/domain/text/fold-name.ts'
import { nameKey } from '../../../shared/domain/text/names.ts'

/** Adds the functions that statements of the register call, so that they follow the same rules as the rest of the product. */
export function addFunctions(db: Database): void {
  const add = <T>(name: string, work: (text: string | null) => T): void =>
    void db.function(name, { deterministic: true }, (text: unknown) => work(typeof text === 'string' ? text : null))
  add('fold_name', (text) => foldName(text ?? ''))
  add('name_key', (text) => nameKey(text ?? ''))
}
