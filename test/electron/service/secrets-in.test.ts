import { isContractProcedure } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'

import { mayBeSecret } from '../../../shared/contract/common.ts'
import { contract } from '../../../shared/contract/contract.ts'
import { makeRandom } from '../../providers/random.ts'
import { countOf, noteTried } from '../../drills/drill.ts'
import { findPart, MADE_SHAPES, makeSecret } from '../../secrets/made-secrets.ts'
import { newService } from './services.ts'

/** A text of an input: the names that lead to it, `[]` for a row of a list and `*` for any name. */
interface Text {
  readonly operation: string
  readonly path: readonly string[]
  readonly schema: z.ZodString
}

/** Every text of every input, read from the schemas by zod's own description of them. */
function listTexts(): readonly Text[] {
  return Object.entries(contract).flatMap(([area, own]) =>
    Object.entries(own).flatMap(([name, procedure]) => {
      if (!isContractProcedure(procedure)) return []
      const { inputSchema } = procedure['~orpc']
      return [...textsOf(inputSchema as z.ZodType | undefined, [], [])].map((text) => ({
        operation: `${area}.${name}`,
        ...text,
      }))
    }),
  )
}

function* textsOf(
  schema: z.core.$ZodType | undefined,
  path: readonly string[],
  above: readonly unknown[],
): Generator<Omit<Text, 'operation'>> {
  if (schema === undefined || above.includes(schema)) return
  const inside = [...above, schema]
  const { def } = schema as unknown as { readonly def: z.core.$ZodTypes['_zod']['def'] }
  if (def.type === 'string') yield { path, schema: schema as z.ZodString }
  else if (def.type === 'object') {
    for (const [name, inner] of Object.entries(def.shape)) yield* textsOf(inner, [...path, name], inside)
  } else if (def.type === 'array') yield* textsOf(def.element, [...path, '[]'], inside)
  else if (def.type === 'record') yield* textsOf(def.valueType, [...path, '*'], inside)
  else if (def.type === 'union') for (const each of def.options) yield* textsOf(each, path, inside)
  else if (def.type === 'tuple') for (const each of def.items) yield* textsOf(each, [...path, '[]'], inside)
  else if (def.type === 'lazy') yield* textsOf(def.getter(), path, inside)
  else if (def.type === 'pipe') yield* textsOf(def.in, path, inside)
  else if ('innerType' in def) yield* textsOf(def.innerType, path, inside)
}

/** An input with a text at the end of a path. */
function put(path: readonly string[], text: string): unknown {
  const [name, ...rest] = path
  if (name === undefined) return text
  return name === '[]' ? [put(rest, text)] : { [name]: put(rest, text) }
}

/** The texts that may hold a secret: what an operation needs one for. */
const SECRETS = [
  'app.unlock code',
  'connection.add credential',
  'connection.check credential',
  'connection.setCredential credential',
  'connection.test credential',
  'files.exportPicture content',
  'sync.start credential',
  'team.init administrator.password',
  'team.join code',
  'usage.sync credential',
]

describe('a text of an input', () => {
  const texts = listTexts()

  it('may hold a secret only where the operation needs one', () => {
    const named = texts
      .filter(({ schema }) => mayBeSecret(schema))
      .map(({ operation, path }) => `${operation} ${path.join('.')}`)
    expect([...new Set(named)].toSorted()).toEqual(SECRETS)
  })

  it('with a secret of any shape is refused, by its name and without repeating it', async () => {
    const { api } = await newService()
    const call = api as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
    const random = makeRandom(5)
    const free = texts.filter(({ schema }) => !mayBeSecret(schema))
    expect(free.length).toBeGreaterThan(400)
    const tries = Math.min(MADE_SHAPES.length, countOf('secrets-in'))
    noteTried('secrets-in', tries)
    for (const [at, { operation, path }] of free.entries()) {
      for (let each = 0; each < tries; each += 1) {
        const secret = makeSecret(MADE_SHAPES[(at + each) % MADE_SHAPES.length] ?? MADE_SHAPES[0]!, random)
        const [area = '', name = ''] = operation.split('.')
        const refused: unknown = await call[area]?.[name]?.(put(path, `Key ${secret.text}`)).then(
          () => null,
          (error: unknown) => error,
        )
        const field = path.filter((part) => part !== '[]').join('.')
        expect([operation, field, secret.name, refused]).toMatchObject([
          operation,
          field,
          secret.name,
          { code: 'INVALID', message: expect.stringContaining('contains') as string, data: { field } },
        ])
        expect(findPart(secret, JSON.stringify(refused) + String(refused))).toBe(null)
      }
    }
  })
})
