import type { Reader, Writer } from '../../register/db/handles.ts'

const SAMPLE = 'sample'

/** Marks the content of a register as invented. */
export function markAsSample(writer: Writer): void {
  writer.run('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING', [SAMPLE, '1'])
}

/** True if a register holds the sample agency, wherever it is. */
export function isSample(reader: Reader): boolean {
  return reader.value('SELECT 1 FROM meta WHERE key = ?', [SAMPLE]) !== undefined
}
