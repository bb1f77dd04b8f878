import { z } from 'zod'

import { agreed, type AgreedBudget } from '../contract/budgets.ts'
import { day } from '../contract/common.ts'
import { computeStart } from '../domain/day.ts'
import { dayNumber } from '../domain/usage/rollups.ts'
import { type Decision, decisionsOn } from './fold.ts'
import { connectionUid, localNumber, ON_FACTS, providerSubject, uid } from './kind.ts'

/**
 * The target of a budget: the client of the row, one of its connections, or one project, which also names its
 * connection.
 */
const budgetTarget = { connectionUid, project: providerSubject.nullable() }

function namesOneConnection({ connectionUid: uid, project }: z.infer<z.ZodObject<typeof budgetTarget>>): boolean {
  return project === null || project.connectionUid === uid
}

const inWords = z.strictObject({
  /** Dollars and cents of a month, for people. */
  usd: z.string(),
  enforcement: agreed.shape.enforcement,
  thresholds: agreed.shape.thresholds,
})

/** Micro-USD for a million tokens. */
const microUsdPerMillion = z.strictObject({
  input: z.number().int().nonnegative(),
  cached: z.number().int().nonnegative(),
  cacheWrite: z.number().int().nonnegative(),
  output: z.number().int().nonnegative(),
})

/** Operations on what usage is compared with. */
export const BUDGET_OPERATIONS = {
  /** There is one budget for each target; `amount` is micro-USD of a month, `was` what it replaces. */
  'budget.set': {
    words: 'Budget set',
    areas: ['usage'],
    right: ON_FACTS,
    conflict: 'ask',
    body: z
      .strictObject({
        v: z.literal(1),
        budgetUid: uid,
        budget: localNumber,
        ...budgetTarget,
        amount: z.number().int().positive(),
        ...inWords.shape,
        was: inWords.optional(),
      })
      .refine(namesOneConnection),
  },
  'budget.cleared': {
    words: 'Budget removed',
    areas: ['usage'],
    right: ON_FACTS,
    conflict: 'ask',
    body: z
      .strictObject({ v: z.literal(1), budgetUid: uid, budget: localNumber, ...budgetTarget, usd: z.string() })
      .refine(namesOneConnection),
  },
} as const

/** Operations on what usage is priced by. */
export const PRICE_OPERATIONS = {
  /** There is one price for each client, or for all, model (lower case) and first day. */
  'price.set': {
    words: 'Price set',
    areas: ['usage'],
    right: { decisions: 'operator', agency: 'owner' },
    conflict: 'ask',
    body: z.strictObject({
      v: z.literal(1),
      priceUid: uid,
      price: localNumber,
      model: z.string().min(1),
      from: day,
      microUsdPerMillion,
    }),
  },
  'price.cleared': {
    words: 'Price removed',
    areas: ['usage'],
    right: { decisions: 'operator', agency: 'owner' },
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), priceUid: uid, price: localNumber, model: z.string().min(1), from: day }),
  },
} as const

const PATHS = 'A path belongs to one machine.'

/** Operations on what usage is read from. */
export const FOLDER_OPERATIONS = {
  /** `path` is absolute, on the machine of the operator. */
  'usage.folder-added': {
    words: 'Folder of usage records added',
    areas: ['usage'],
    stays: PATHS,
    body: z.strictObject({ v: z.literal(1), folderUid: uid, folder: localNumber, path: z.string().min(1) }),
  },
  'usage.folder-removed': {
    words: 'Folder of usage records removed',
    areas: ['usage'],
    stays: PATHS,
    body: z.strictObject({ v: z.literal(1), folderUid: uid, folder: localNumber, path: z.string().min(1) }),
  },
} as const

type Subject = z.infer<typeof providerSubject>

export interface StoredBudget extends AgreedBudget {
  readonly uid: string
  /** Slug. */
  readonly client: string
  /** By its uid. */
  readonly connection: string | null
  readonly project: Subject | null
  readonly set_at: number
  readonly set_by: string
}

function nameTarget(client: string | null, connection: string | null, project: Subject | null): string {
  return [client, connection ?? '-', project?.externalId ?? '-'].join(' ')
}

export const BUDGETS = decisionsOn<StoredBudget, typeof BUDGET_OPERATIONS>({
  table: 'budget',
  key: {
    of: ({ client, body: { connectionUid, project } }) => nameTarget(client, connectionUid, project),
    in: ({ client, connection, project }) => nameTarget(client, connection, project),
  },
  folds: {
    'budget.set': (known, { client, at, operator, body }) => {
      const { budgetUid, connectionUid: connection, project, amount, enforcement, thresholds } = body
      // One that is set again keeps the uid that it was made with.
      const place = known ?? { uid: budgetUid, client: client ?? '', connection, project }
      return { ...place, amount, enforcement, thresholds, set_at: at, set_by: operator }
    },
    'budget.cleared': () => null,
  },
})

export interface StoredPrice {
  readonly uid: string
  /** Slug; null: of all clients. */
  readonly client: string | null
  readonly model: string
  /** Days from 1970-01-01, UTC. */
  readonly from_day: number
  readonly input: number
  readonly cached: number
  readonly cache_write: number
  readonly output: number
  readonly set_at: number
  readonly set_by: string
}

/** Names the price of a decision. */
export function placePrice({
  client,
  body: { model, from },
}: Decision<{ readonly model: string; readonly from: string }>) {
  return { client, model, from_day: dayNumber(computeStart(from)) }
}

const namePrice = ({ client, model, from_day: from }: ReturnType<typeof placePrice>): string =>
  [client ?? '-', model, from].join(' ')

export const PRICES = decisionsOn<StoredPrice, typeof PRICE_OPERATIONS>({
  table: 'price_pin',
  key: { of: (decision) => namePrice(placePrice(decision)), in: namePrice },
  folds: {
    'price.set': (known, decision) => {
      const { at, operator, body } = decision
      const { input, cached, cacheWrite, output } = body.microUsdPerMillion
      const uid = known?.uid ?? body.priceUid
      const prices = { input, cached, cache_write: cacheWrite, output }
      return { uid, ...placePrice(decision), ...prices, set_at: at, set_by: operator }
    },
    'price.cleared': () => null,
  },
})

export interface StoredFolder {
  readonly uid: string
  /** Slug. */
  readonly client: string
  readonly path: string
  readonly added_at: number
  readonly added_by: string
}

export const FOLDERS = decisionsOn<StoredFolder, typeof FOLDER_OPERATIONS>({
  table: 'usage_folder',
  key: { of: ({ body }) => body.folderUid, in: ({ uid }) => uid },
  makes: ['usage.folder-added'],
  folds: {
    'usage.folder-added': (_, { client, at, operator, body }) => ({
      uid: body.folderUid,
      client: client ?? '',
      path: body.path,
      added_at: at,
      added_by: operator,
    }),
    'usage.folder-removed': () => null,
  },
})
