import type { Writer } from '../handles.ts'

export interface RequestNumbers {
  readonly count: number
  /** In rising order. */
  readonly ids: Float64Array
  readonly tags: Uint32Array
}

/**
 * Remembers requests and says which of them are new: `isNew[n]` is 1 for those. Two requests whose numbers agree in the
 * first part and differ in the tag are two: the later one moves to the next free number.
 */
export function admitRequests(writer: Writer, part: number, requests: RequestNumbers): Uint8Array {
  const isNew = new Uint8Array(requests.count)
  const insert = writer.prepare('INSERT OR IGNORE INTO usage_request (id, tag, part) VALUES (?, ?, ?)')
  const row = [0, 0, part]
  for (const [n, number] of requests.ids.subarray(0, requests.count).entries()) {
    let id = number
    const tag = requests.tags[n] ?? 0
    row[1] = tag
    for (;;) {
      row[0] = id
      if (insert(row) === 1) {
        isNew[n] = 1
        break
      }
      if (writer.value<number>('SELECT tag FROM usage_request WHERE id = ?', [id]) === tag) break
      id += 1
    }
  }
  return isNew
}

/** Begins a part of an import. Returns its number. */
export function beginPart(
  writer: Writer,
  part: { readonly clientId: number; readonly file: string; readonly at: number },
): number {
  return writer.run('INSERT INTO usage_part (client_id, file, begun_at) VALUES (?, ?, ?)', [
    part.clientId,
    part.file,
    part.at,
  ]).lastId
}

export function countPart(writer: Writer, part: number, at: number): void {
  writer.run('UPDATE usage_part SET counted_at = ? WHERE id = ?', [at, part])
}

/** Forgets the requests of parts that were never counted, as after a killed process: they can be read again. */
export function forgetUncounted(writer: Writer): void {
  const parts = writer.column<number>('SELECT id FROM usage_part WHERE counted_at IS NULL')
  for (const part of parts) writer.run('DELETE FROM usage_request WHERE part = ?', [part])
  writer.run('DELETE FROM usage_part WHERE counted_at IS NULL')
}
