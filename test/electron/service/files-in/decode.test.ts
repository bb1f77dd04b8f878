import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'

import { decodeFile } from '../../../../electron/service/files-in/decode.ts'
import { FILE_LIMITS } from '../../../../shared/domain/file-limits.ts'
import { bytes } from '../files/importing.ts'
import { anyString } from '../../../any-string.ts'

const encoded = (text: string, encoding: string, mark: readonly number[] = []): Uint8Array =>
  Buffer.concat([Buffer.from(mark), iconv.encode(text, encoding, { addBOM: false })])

/** Text as files hold it: no zero characters, which no editor writes, and no leading byte-order mark of its own. */
const text = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), anyString({ minLength: 1 }))
  .map((value) => value.toWellFormed().replaceAll(/[\p{Cc}\uFEFF]/gu, '\n'))
  .filter((value) => !value.startsWith('%PDF'))

describe('decoding', () => {
  test('returns any text in UTF-8, with or without a mark', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(decodeFile(encoded(value, 'utf8'))).toEqual({ ok: true, text: value, encoding: 'UTF-8' })
        expect(decodeFile(encoded(value, 'utf8', [0xef, 0xbb, 0xbf]))).toEqual({
          ok: true,
          text: value,
          encoding: 'UTF-8 with BOM',
        })
      }),
    )
  })

  test('returns any text in UTF-16 with a mark, in either order', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(decodeFile(encoded(value, 'utf-16le', [0xff, 0xfe]))).toMatchObject({
          text: value,
          encoding: 'UTF-16 LE',
        })
        expect(decodeFile(encoded(value, 'utf-16be', [0xfe, 0xff]))).toMatchObject({
          text: value,
          encoding: 'UTF-16 BE',
        })
      }),
    )
  })

  test('recognizes UTF-16 without a mark by its zero bytes', () => {
    const rows = fc
      .tuple(fc.string({ minLength: 120, maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 5 }))
      .map(([a, b]) => a + b)
    fc.assert(
      fc.property(
        rows.map((value) => value.toWellFormed().replaceAll(/[\p{Cc}\uFEFF]/gu, '\n')),
        (value) => {
          expect(decodeFile(encoded(value, 'utf-16le'))).toMatchObject({ text: value, encoding: 'UTF-16 LE' })
          expect(decodeFile(encoded(value, 'utf-16be'))).toMatchObject({ text: value, encoding: 'UTF-16 BE' })
        },
      ),
    )
  })

  test('reads what is not valid UTF-8 as Windows-1252', () => {
    const western = fc
      .string({ unit: fc.constantFrom(...Array.from('abc ;,"\n€éäöüßÿ–—’‰Œ')) })
      .map((value) => `${value}é;`)
    fc.assert(
      fc.property(western, (value) => {
        expect(decodeFile(encoded(value, 'win1252'))).toMatchObject({ text: value, encoding: 'Windows-1252' })
      }),
    )
  })

  test('names the damaged line of a file that is marked as UTF-8', () => {
    const content = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      bytes('Name;Role\nJané;Owner\n'),
      Buffer.from([0xe9, 0x3b]),
    ])
    expect(decodeFile(content)).toMatchObject({ ok: false, reason: expect.stringContaining('Line 3') as string })
  })

  test('names the kind of a file that is not text', () => {
    expect(decodeFile(Buffer.from('PK\u0003\u0004 a workbook'))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Excel') as string,
    })
    expect(decodeFile(new Uint8Array())).toMatchObject({ ok: false })
    expect(decodeFile(Uint8Array.from({ length: 999 }, (_, at) => (at * 7) % 32))).toMatchObject({ ok: false })
    expect(decodeFile(Buffer.from([0xff, 0xfe, 0x41]))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('middle of a character') as string,
    })
  })

  test('refuses a file that would fill the memory, by its size', () => {
    expect(decodeFile(new Uint8Array(FILE_LIMITS.bytes + 1))).toMatchObject({
      ok: false,
      reason: 'The file has 101 MB; at most 100 MB are read.',
    })
  })

  test('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        expect(typeof decodeFile(content).ok).toBe('boolean')
      }),
    )
  })
})
