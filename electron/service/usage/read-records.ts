import { detectDelimiter } from '../files-in/delimiter.ts'
import { BrokenCsv, newRecordLines } from './csv-records.ts'
import { newJsonArray, JSON_COLUMNS, type JsonRecords, newJsonRecords } from './json-records.ts'
import type { BatchSizes, RecordBatch } from './batch-filler.ts'
import { newRecordReader, recordColumns, type RecordReader } from './record-reader.ts'

export interface ReadRecordsOptions {
  readonly text: AsyncIterable<Uint8Array>
  /** Is part of the number of a request. */
  readonly seed: number
  /** Days since 1970-01-01, UTC; later rows are refused. */
  readonly lastDay: number
  /** A batch to be filled again, if there is one. */
  readonly takeUsed?: () => RecordBatch | undefined
  readonly sizes?: BatchSizes
}

/** The file cannot be read as usage records. */
export class RecordsRefused extends Error {
  override readonly name = 'RecordsRefused'
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

interface Records {
  push(bytes: Uint8Array): void
  end(): void
}

/**
 * Reads usage records, CSV with a heading, one JSON object on each line, or one JSON array of objects, by how the text begins. Throws
 * `RecordsRefused` for a file that is neither; rows that cannot be read are refused one by one.
 */
export async function* readRecords({
  text,
  seed,
  lastDay,
  takeUsed = () => undefined,
  sizes,
}: ReadRecordsOptions): AsyncGenerator<RecordBatch> {
  const batches: RecordBatch[] = []
  const newReader = (columns: NonNullable<ReturnType<typeof recordColumns>>): RecordReader =>
    newRecordReader({
      columns,
      seed,
      lastDay,
      takeUsed,
      ...(sizes && { sizes }),
      give: (batch) => void batches.push(batch),
    })
  let [records, reader, bytes] = [null as Records | null, null as RecordReader | null, 0]
  const begin = (start: string): Records => {
    const [first = ''] = start.trimStart()
    if (first === '{' || first === '[') {
      const json = newReader(JSON_COLUMNS)
      reader = json
      return decoded(
        (first === '{' ? newJsonRecords : newJsonArray)(
          (cells, line) => json.record(cells, line),
          (line, says) => json.refuse(line, says),
        ),
      )
    }
    return newRecordLines(detectDelimiter(start), {
      record: (cells, line) => {
        if (reader === null) reader = newReader(getColumns(cells))
        else reader.record(cells, line)
      },
      plain: (bytes, bounds, count, line) => reader?.plain(bytes, bounds, count, line) ?? false,
    })
  }
  try {
    for await (const chunk of text) {
      if (bytes === 0) checkEncoding(chunk)
      bytes += chunk.byteLength
      records ??= begin(new TextDecoder('utf-8').decode(chunk, { stream: true }))
      records.push(chunk)
      yield* batches.splice(0)
    }
    if (records === null) throw new RecordsRefused('The file is empty.', 'Choose the file that holds the records.')
    records.end()
  } catch (error) {
    if (error instanceof BrokenCsv) throw new RecordsRefused(error.message, 'Close the quote, or write it twice.')
    throw error
  }
  reader?.flush()
  yield* batches.splice(0)
}

/** The records of a file as text, from its bytes. */
function decoded(records: JsonRecords): Records {
  const decoder = new TextDecoder('utf-8')
  return {
    push: (bytes) => records.push(decoder.decode(bytes, { stream: true })),
    end: () => {
      records.push(decoder.decode())
      records.end()
    },
  }
}

function getColumns(headings: readonly string[]): NonNullable<ReturnType<typeof recordColumns>> {
  const columns = recordColumns(headings)
  if (columns !== null) return columns
  const named = headings
    .slice(0, 20)
    .map((heading) => JSON.stringify(heading.slice(0, 40)))
    .join(', ')
  throw new RecordsRefused(
    `No column contains the time of the request. The columns: ${named}.`,
    'Call one “timestamp”; the first line holds the headings.',
  )
}

function checkEncoding(chunk: Uint8Array): void {
  const [first, second] = chunk
  if (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    chunk.subarray(0, 4096).includes(0)
  ) {
    throw new RecordsRefused(
      'The file is not UTF-8 text.',
      'Save it as UTF-8, as CSV or JSON Lines; unpack an archive first.',
    )
  }
}
