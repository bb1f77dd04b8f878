import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Root } from 'mdast'
import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'

import { harmlessTerminal } from '../../electron/cli/kit/harmless.ts'
import { printJson, printObject, printTable } from '../../electron/cli/kit/listing.ts'
import { shown, shownJsonBytes } from '../../electron/cli/kit/text/shown.ts'
import { fenced } from '../../electron/cli/mcp/fence.ts'
import { oneLine } from '../../electron/service/core/notification.ts'
import { printRecord } from '../../electron/service/evidence/pack-folder.ts'
import { csvText } from '../../electron/service/files-out/csv-text.ts'
import { excelText } from '../../electron/service/files-out/workbook.ts'
import { cutAnswer } from '../../electron/service/kit/texts-out.ts'
import { openLog } from '../../electron/service/log/log.ts'
import { secretText } from '../../shared/contract/common.ts'
import { plainJson, plainText } from '../../shared/domain/text/visible-text.ts'
import { markdownHtml } from '../../shared/report/markdown-html.ts'
import { markdownTable } from '../../shared/report/markdown-table.ts'
import { markdownCell, markdownHeading, markdownLine, markdownTree } from '../../shared/report/markdown-text.ts'
import { makeRandom } from '../providers/random.ts'
import { findPart, MADE_SHAPES, type MadeSecret, makeSecret } from '../secrets/made-secrets.ts'
import { fakeTerminal } from './cli/fake-terminal.ts'

const tree = (value: string): Root => ({
  type: 'root',
  children: [
    { type: 'heading', depth: 2, children: [{ type: 'text', value }] },
    { type: 'paragraph', children: [{ type: 'text', value }] },
    {
      type: 'table',
      children: [{ type: 'tableRow', children: [{ type: 'tableCell', children: [{ type: 'text', value }] }] }],
    },
  ],
})

async function printed(print: (terminal: ReturnType<typeof harmlessTerminal>) => Promise<void>): Promise<string> {
  const terminal = fakeTerminal({ columns: 80 })
  await print(harmlessTerminal(terminal))
  return terminal.printed() + terminal.complained()
}

const FIELDS = { fields: [{ key: 'name', json: (row: string) => row, column: { title: 'Name' } }], empty: 'None' }

async function* once(row: string): AsyncGenerator<readonly string[]> {
  yield [row]
}

/** Every way in which a text leaves Castellan. */
const DOORS: Readonly<Record<string, (text: string) => string | Promise<string>>> = {
  'an answer of an operation': (text) =>
    JSON.stringify(cutAnswer(z.object({ rows: z.array(z.string()) }), { rows: [text] })),
  'a table of the terminal': (text) => printed((terminal) => printTable(terminal, FIELDS, once(text))),
  'JSON of the terminal': (text) => printed((terminal) => printJson(terminal, FIELDS, once(text))),
  'an object of the terminal': (text) => printed((terminal) => printObject(terminal, { text })),
  'a sentence of the terminal': (text) => printed((terminal) => terminal.out(`${shown(text)}\n`)),
  'a text that a verb does not guard': (text) => printed((terminal) => terminal.out(text)),
  'an error of the terminal': (text) => printed((terminal) => terminal.err(text)),
  'bytes of JSON': (text) => Buffer.from(shownJsonBytes(Buffer.from(JSON.stringify({ text })))).toString('utf8'),
  'an answer for an assistant': (text) => fenced({ text }),
  'a cell of CSV': (text) => csvText([[text]]),
  'a cell of a workbook': excelText,
  'a JSON file': (text) => plainJson(JSON.stringify({ text })),
  'a cell of Markdown': markdownCell,
  'a line of Markdown': markdownLine,
  'a heading of Markdown': (text) => markdownHeading(2, text),
  'a table of Markdown': (text) => markdownTable({ Name: (row: string) => row }, [text]),
  'a document of Markdown': (text) => markdownTree(tree(text)),
  'a page of HTML': (text) => markdownHtml('Report', tree(text)),
  'the title of a page': (text) => markdownHtml(text, tree('')),
  'a table of an evidence pack': (text) => printRecord(['text'], { text }),
  'a line of a calendar': (text) => plainText(text),
  'a notification': oneLine,
  'the log': (text) => {
    const path = join(mkdtempSync(join(tmpdir(), 'castellan-secrets-')), 'castellan.log')
    const log = openLog(path, { what: 'test', mayTurn: true })
    log.write('warn', 'call.refused', { operation: text })
    log.close()
    return readFileSync(path, 'utf8')
  },
}

/** What formats escape is written as it was; a line that was cut at a width is not joined. */
const bare = (text: string): string => text.replaceAll(/\\n|[\\\s]|&#x[0-9A-F]+;/gu, '')

const bareSecret = (secret: MadeSecret): MadeSecret => ({
  ...secret,
  parts: secret.parts.filter((part) => !/[&<>]/u.test(part)),
})

describe('a secret in a text', () => {
  test.each(Object.entries(DOORS))('of any shape is not in %s', async (_, door) => {
    const random = makeRandom(9)
    for (const shape of MADE_SHAPES) {
      const secret = bareSecret(makeSecret(shape, random))
      for (const text of [secret.text, `Key ${secret.text} of Zoë`, `Note\n${secret.text}\nof Jane`]) {
        expect([shape.name, findPart(secret, bare(await door(text)))]).toEqual([shape.name, null])
      }
    }
  })
})

describe('a new secret that a person asked to see', () => {
  const secret = makeSecret(MADE_SHAPES[0] ?? { name: '', parts: [] }, makeRandom(3)).text

  it('is in the answer of the operation whose schema names it, and nothing else of that is', () => {
    const schema = z.object({ secret: secretText(4096), name: z.string() })
    const answer = cutAnswer(schema, { secret, name: `of ${secret}` })
    expect(answer.secret).toBe(secret)
    expect(answer.name).not.toContain(secret.slice(10, 40))
  })

  it('is printed whole where the verb names it', async () => {
    const text = await printed((terminal) => terminal.out(`${secret}\nThis is the new key of Zoë.\n`, [secret]))
    expect(text).toBe(`${secret}\nThis is the new key of Zoë.\n`)
    expect(await printed((terminal) => printObject(terminal, { secret }, [secret]))).toContain(secret)
  })
})

it('an answer without a secret is the same value', () => {
  const answer = { rows: [{ name: 'Jane', at: 1 }], bytes: new Uint8Array(3), none: null }
  expect(cutAnswer(z.unknown(), answer)).toBe(answer)
})
