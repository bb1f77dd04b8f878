import { z } from 'zod'

import {
  type Expiry,
  type Fact,
  factNumber,
  type FactOf,
  FACTS,
  FIELD_ROLES,
  type KeyFact,
} from '../../../shared/domain/facts.ts'
import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import { describeWorkload } from '../../../shared/domain/federation/workload.ts'
import type { Value } from '../db/handles.ts'
import type { Column } from '../db/staging.ts'

/** The list of the provider that reported a fact; `project` is empty for a list of the whole organization. */
export interface FactList {
  readonly source: string
  readonly project: string
  /** The numbers of what grants name; the other facts are staged before these are known. */
  readonly ids: NamedIds
}

/** Numbers of this register by external id. */
export interface NamedIds {
  readonly principal: (externalId: string) => number | null
  /** Null for the whole organization. */
  readonly project: (externalId: string | null) => number | null
}

export interface FactColumn<F> extends Column<F, FactList> {
  /** The first of several facts with the same key is kept. */
  readonly key?: true
  /**
   * A difference in this column closes the subject's version and opens the next; it has the same name in both tables.
   */
  readonly versioned?: true
  /** Null never replaces a known value: when something was made does not change. */
  readonly lasting?: true
  /** The value may be `UNREAD_INSTANT`, which never replaces a known one. */
  readonly unreadable?: true
}

/** Staged for a date that is there and cannot be read; outside the calendar, so that it equals none that is kept. */
export const UNREAD_INSTANT = Number.MIN_SAFE_INTEGER

const LIST_COLUMNS: readonly FactColumn<unknown>[] = [
  { name: 'source', type: 'TEXT', value: (_, list) => list.source },
  { name: 'source_project', type: 'TEXT', value: (_, list) => list.project },
]

/** Facts that a sync may bring in any number. It brings one about the organization itself, which is not staged. */
export type StagedFact = Exclude<Fact, { readonly type: 'organization' }>
export type StagedType = StagedFact['type']

/** How a value of a schema is kept: its type in SQLite, and how it is written. */
interface ColumnKind {
  readonly type: FactColumn<never>['type']
  readonly write: (value: unknown) => Value
}

/** Ids and texts that the provider lists in any order are kept in one order. */
function toListText(value: unknown, isOrdered: boolean): string {
  const texts = value as readonly string[]
  return JSON.stringify(isOrdered ? texts : texts.toSorted())
}

/** Throws `TypeError` for a schema that has no column of its own. */
function findKind(field: string, schema: z.ZodType): ColumnKind {
  const { time, ordered } = FIELD_ROLES.get(schema) ?? {}
  const isOptional = schema instanceof z.ZodNullable || schema instanceof z.ZodOptional
  const bare = isOptional || schema instanceof z.ZodExactOptional ? (schema.unwrap() as z.ZodType) : schema
  const known = (type: ColumnKind['type'], write: ColumnKind['write']): ColumnKind => ({
    type,
    write: isOptional ? (value) => (value === null || value === undefined ? null : write(value)) : write,
  })
  if (time === 'instant') return known('INTEGER', (value) => instant(value as number))
  if (time === 'expiry') return known('INTEGER', (value) => expiry(value as Expiry))
  if (bare instanceof z.ZodBoolean) return known('INTEGER', (value) => (value === true ? 1 : 0))
  if (bare instanceof z.ZodString || bare instanceof z.ZodEnum) return known('TEXT', (value) => value as string)
  if (bare instanceof z.ZodArray) return known('TEXT', (value) => toListText(value, ordered === true))
  if (bare instanceof z.ZodCustom) return known('TEXT', (value) => canonicalJson(value as Json))
  if (bare === factNumber) return known('INTEGER', (value) => whole(value as number))
  throw new TypeError(`The field ${field} of a fact needs columns of its own.`)
}

/** `roleRaw` is the column `role_raw`. */
function toColumnName(field: string): string {
  return field.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
}

/** The columns of one field of a fact. One that names a project or an account has its external id, and its number beside it. */
function toColumns<F>(field: string, schema: z.ZodType, prefix = ''): FactColumn<F>[] {
  const { identity, names, time, lasting, observed } = FIELD_ROLES.get(schema) ?? {}
  if (schema instanceof z.ZodNullable && schema.unwrap() instanceof z.ZodObject) {
    const { shape } = schema.unwrap() as z.ZodObject
    return Object.entries(shape).flatMap(([inner, of]) =>
      toColumns<F>(inner, of as z.ZodType, `${toColumnName(field)}_`).map(({ value, ...column }) => ({
        ...column,
        value: (fact: F, list: FactList) => {
          const outer = (fact as Readonly<Record<string, F | null>>)[field] ?? null
          return outer === null ? null : (value?.(outer, list) ?? null)
        },
      })),
    )
  }
  const { type, write } = findKind(field, schema)
  const name = prefix + toColumnName(field)
  const column: FactColumn<F> = {
    name: names === undefined ? name : `${name}_x`,
    type,
    value: (fact) => write((fact as Readonly<Record<string, unknown>>)[field]),
    ...(identity === true ? { key: true } : {}),
    ...(identity === true || observed === true || names !== undefined ? {} : { versioned: true }),
    ...(lasting === true ? { lasting } : {}),
    ...(time === 'expiry' ? { unreadable: true } : {}),
  }
  if (names === undefined) return [column]
  return [column, { name: `${name}_id`, type: 'INTEGER', ...(identity === true ? {} : { versioned: true }) }]
}

/** Columns of fields that are not kept as they are reported. */
type OwnColumns<F> = { readonly [Field in keyof F]?: readonly FactColumn<F>[] }

const IDENTITY = [
  { name: 'x', type: 'TEXT', value: (fact: { readonly externalId: string }) => fact.externalId, key: true },
  { name: 'id', type: 'INTEGER' },
] as const

const OWN: { readonly [Type in StagedType]?: OwnColumns<FactOf<Type>> } = {
  project: { externalId: IDENTITY },
  principal: { externalId: IDENTITY },
  grant: {
    principal: [
      { name: 'principal_id', type: 'INTEGER', value: (f, { ids }) => ids.principal(f.principal), key: true },
    ],
    project: [
      // The project's number; 0 for the whole organization, since a key needs a value.
      { name: 'place', type: 'INTEGER', value: (f, { ids }) => ids.project(f.project) ?? 0, key: true },
      { name: 'project_id', type: 'INTEGER', value: (f, { ids }) => ids.project(f.project) },
    ],
  },
  key: {
    externalId: IDENTITY,
    expiresAt: [
      { name: 'expires_at', type: 'INTEGER', value: (f) => expiry(f.expiresAt), versioned: true, unreadable: true },
      { name: 'expires_unread', type: 'INTEGER', value: (f) => (f.expiresAt === 'unread' ? 1 : 0), versioned: true },
    ],
    lastUse: [
      { name: 'last_use_state', type: 'TEXT', value: ({ lastUse }) => lastUseState(lastUse) },
      { name: 'last_used_at', type: 'INTEGER', value: ({ lastUse }) => ('at' in lastUse ? instant(lastUse.at) : null) },
      {
        name: 'last_use_inexact',
        type: 'INTEGER',
        value: ({ lastUse }) => (lastUse.state === 'before' && instant(lastUse.at) !== null ? 1 : 0),
      },
    ],
  },
  federation: {
    issuer: [
      { name: 'issuer', type: 'TEXT', value: (f) => (f.issuer === '' ? null : f.issuer), versioned: true },
      { name: 'pin', type: 'TEXT', value: (f) => describeWorkload(f).pin, versioned: true },
      { name: 'workload', type: 'TEXT', value: (f) => describeWorkload(f).words, versioned: true },
    ],
  },
  certificate: {
    project: [
      { name: 'project_x', type: 'TEXT', value: (f) => f.project ?? '', key: true },
      { name: 'project_id', type: 'INTEGER' },
    ],
  },
  detail: { of: [{ name: 'of_kind', type: 'TEXT', value: (f) => f.of, key: true }] },
}

function listColumns<Type extends StagedType>(type: Type): readonly FactColumn<FactOf<Type>>[] {
  const own = (OWN[type] ?? {}) as Readonly<Record<string, readonly FactColumn<FactOf<Type>>[]>>
  const { type: _, ...fields } = FACTS[type].shape
  const columns = Object.entries(fields).flatMap(([field, schema]) => own[field] ?? toColumns(field, schema))
  return [...columns, ...LIST_COLUMNS]
}

/**
 * The columns of `in_project` and similar tables, which hold a reading while it is compared with the current versions.
 * Names in `x` are external ids, names in `id` are internal ids. They follow from the fields of the facts.
 */
export const FACT_COLUMNS: { readonly [Type in StagedType]: readonly FactColumn<FactOf<Type>>[] } = {
  project: listColumns('project'),
  principal: listColumns('principal'),
  membership: listColumns('membership'),
  grant: listColumns('grant'),
  key: listColumns('key'),
  limit: listColumns('limit'),
  federation: listColumns('federation'),
  certificate: listColumns('certificate'),
  restriction: listColumns('restriction'),
  detail: listColumns('detail'),
}

/** The columns in which a difference makes a new version. */
export function listVersioned(type: StagedType): string[] {
  return FACT_COLUMNS[type].filter(({ versioned }) => versioned).map(({ name }) => name)
}

/** The columns whose known values `keepKnownValues` keeps. */
export function listKept(type: StagedType): { readonly lasting: string[]; readonly unreadable: string[] } {
  const columns: readonly FactColumn<never>[] = FACT_COLUMNS[type]
  return {
    lasting: columns.filter(({ lasting }) => lasting).map(({ name }) => name),
    unreadable: columns.filter(({ unreadable }) => unreadable).map(({ name }) => name),
  }
}

/** A whole number that the file can hold exactly, since a provider may send any number. */
function whole(value: number): number {
  return Number.isNaN(value)
    ? 0
    : Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, Math.round(value)))
}

const YEAR_0 = Date.parse('0000-01-01T00:00:00.000Z')
const YEAR_10000 = Date.parse('+010000-01-01T00:00:00.000Z')

/** An instant within the calendar; a value outside it is not a date and is dropped. */
function instant(value: number | null): number | null {
  return value !== null && value >= YEAR_0 && value < YEAR_10000 ? Math.round(value) : null
}

function expiry(value: Expiry): number | null {
  return value === 'unread' ? UNREAD_INSTANT : instant(value)
}

function lastUseState(use: KeyFact['lastUse']): string {
  if (!('at' in use)) return use.state
  return instant(use.at) === null ? 'not-reported' : 'known'
}
