import { join } from 'node:path'

import * as fc from 'fast-check'
import { z } from 'zod'
import { anyString } from '../../../any-string.ts'

/** What inputs may name: existing things, so that some calls reach what an operation does. */
export interface World {
  readonly slugs: readonly string[]
  /** A folder of the drill's own: every given path is in it. */
  readonly folder: string
}

const TEXTS = [
  '', ' ', '%', '%s', 'USD', '€', 'constructor', '__proto__', 'toString', '../..', '/', '\\', '\0', 'a\0b', '\ud800', '\u202e', '\u2028', '💥',
  '"', "'; DROP TABLE client; --", '*', 'a*', '"a" OR b', '-1', '1e999', 'NaN', 'null', '2026-11-24', '2026-02-30', '0000-00-00', '9999-12-31',
  '2026-11', '275760-09-14', 'http://[::', 'https://x.example/%', 'name@example.com', '.*', '{env}-{team}-{purpose}-{nn}', '{', 'e\u0301'.repeat(50),
  'x'.repeat(199), 'x'.repeat(5000),
] // prettier-ignore

const NUMBERS = [
  0,
  -0,
  1,
  2,
  3,
  5,
  8,
  13,
  30,
  365,
  -1,
  1.5,
  1e-7,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e308,
  8.64e15,
  8.64e15 + 1,
  Infinity,
  -Infinity,
  NaN,
]

/** Things that are not a value of any schema. */
const STRANGE = [
  undefined,
  null,
  [],
  {},
  [null],
  true,
  0,
  '',
  Symbol.for('x'),
  10n,
  new Date(Number.NaN),
  new Uint8Array(3),
  { length: -1 },
]

const BYTES = ['', 'a', 'Name,Role\nAda,Owner\n', '\0\0', '{"Resources":[{"userName":"a@b.example"}]}', '[[[[', '# AI Platform Access Register\n\n|a|\n|-|\n|b|\n', '"', 'PK\u0003\u0004', 'name: A\n'] // prettier-ignore

/**
 * Inputs for a schema, by reflection: most fit it or nearly do, some contain what fits nowhere. `field` is the name of
 * the field that the schema is of.
 */
export function anyInput(schema: unknown, world: World, field = ''): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 24, arbitrary: fitting(schema, world, field) },
    { weight: 1, arbitrary: fc.constantFrom(...STRANGE) },
  )
}

function fitting(schema: unknown, world: World, field: string): fc.Arbitrary<unknown> {
  const inner = (of: unknown, name = field): fc.Arbitrary<unknown> => anyInput(of, world, name)
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries<unknown>(schema.shape)
    const required = shape.filter(([, of]) => !isLeftOut(of)).map(([name]) => name)
    return fc.record(Object.fromEntries(shape.map(([name, of]) => [name, inner(of, name)])), { requiredKeys: required })
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return fc.option(inner(schema.unwrap()), { nil: undefined })
  }
  if (schema instanceof z.ZodNullable) return fc.option(inner(schema.unwrap()), { nil: null })
  if (schema instanceof z.ZodReadonly) return inner(schema.unwrap())
  if (schema instanceof z.ZodArray) return fc.array(inner(schema.element), { maxLength: 4 })
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map((option) => inner(option)))
  if (schema instanceof z.ZodEnum) return fc.constantFrom<unknown>(...schema.options)
  if (schema instanceof z.ZodLiteral) return fc.constantFrom<unknown>(...schema.values)
  if (schema instanceof z.ZodNull) return fc.constant(null)
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodNumber) return fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(...NUMBERS))
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(fc.constantFrom(...TEXTS, 'Name'), inner(schema.valueType), { maxKeys: 3 })
  if (schema instanceof z.ZodUUID) return fc.oneof(fc.uuid(), textFor(field, world))
  if (schema instanceof z.ZodString || schema instanceof z.ZodURL || schema instanceof z.ZodEmail)
    return textFor(field, world)
  if (schema instanceof z.ZodCustom) return fc.constantFrom(...BYTES).map((text) => new TextEncoder().encode(text))
  throw new TypeError(
    `No inputs are known for a ${String((schema as object | undefined)?.constructor.name)} (${field}).`,
  )
}

/**
 * A number, a day or a name where the field requires one; a path is in the folder of the drill, whatever else it
 * contains.
 */
function textFor(field: string, { slugs, folder }: World): fc.Arbitrary<string> {
  const hostile = fc.constantFrom(...TEXTS)
  if (/path|folder|^out|target/iu.test(field)) {
    return hostile.map((text) => join(folder, 'in', text.replaceAll(/[/\\]|\.\./gu, '_')))
  }
  if (/url/iu.test(field))
    return fc.oneof(
      fc.constant('http://127.0.0.1:9'),
      hostile.filter((text) => !text.includes('example')),
    )
  const useful = fc.constantFrom(...slugs, '2026-11', '2026-11-24', 'Ada', 'openai')
  return fc.oneof(
    { weight: 3, arbitrary: useful },
    { weight: 2, arbitrary: hostile },
    { weight: 1, arbitrary: anyString({ maxLength: 20 }) },
  )
}

function isLeftOut(schema: unknown): boolean {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
}
