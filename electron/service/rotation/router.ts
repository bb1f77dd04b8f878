import { rotationContract } from '../../../shared/contract/rotation.ts'
import { addDays, daysBetween } from '../../../shared/domain/day.ts'
import { rotationState } from '../../../shared/domain/rotation.ts'
import { countDueKeys, dueKeyIds, keyIds, keyRows } from '../../register/keys/keys.ts'
import { policyLookup } from '../../register/clients/policy.ts'
import { dueByDay, getRotation, keyName, type KeyName, listRotations } from '../../register/keys/rotation.ts'
import { checkScope, type Context, getReader, getToday, makeMoment } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { invalid, notFound, Refusal } from '../kit/refusal.ts'
import { readDueJson } from './due.ts'
import { matchingKeys } from './due-rows.ts'

const os = implementArea({ rotation: rotationContract })

/** A calendar of more than this many days is a mistake. */
const CALENDAR_DAYS = 400

function existing(context: Context, keyId: number): KeyName {
  const key = keyName(getReader(context), keyId)
  if (key === null) throw notFound(`Key ${keyId}`, 'Read the list of keys again.')
  return key
}

function findRow(context: Context, keyId: number) {
  const [row] = keyRows(getReader(context), [keyId], makeMoment(context))
  if (!row) throw notFound(`Key ${keyId}`, 'Read the list of keys again.')
  return row
}

/** The calls that change keys; most calls read them. */
const writing = () => import('./batch.ts')

export const rotationRouter = {
  due: os.rotation.due.handler(({ context, input }) => {
    checkScope(context, input)
    const reader = getReader(context)
    const moment = makeMoment(context)
    const { offset, limit, within, contact, ...filter } = input
    const until = within === undefined ? undefined : addDays(moment.today, within)
    const matching = matchingKeys(reader, filter, moment)
    const due = { client: filter.client, contact, until, among: matching === null ? undefined : [...matching] }
    const ids = dueKeyIds(reader, due, moment.now, { offset, limit })
    return { total: countDueKeys(reader, due, moment.now), rows: keyRows(reader, ids, moment) }
  }),
  dueJson: os.rotation.dueJson.handler(({ context, input }) => {
    checkScope(context, input)
    const moment = makeMoment(context)
    const reader = getReader(context)
    const { offset, limit, within, contact, ...filter } = input
    const matching = matchingKeys(reader, filter, moment)
    const among = matching === null ? undefined : [...matching]
    return readDueJson(reader, { client: filter.client, contact, within, among, offset, limit }, moment)
  }),
  calendar: os.rotation.calendar.handler(({ context, input }) => {
    checkScope(context, input)
    if (input.until < input.from || daysBetween(input.from, input.until) > CALENDAR_DAYS) {
      throw invalid(
        'until',
        `A calendar from ${input.from} until ${input.until} cannot be shown.`,
        `Ask for ${CALENDAR_DAYS} days at most.`,
      )
    }
    const { from, until, ...filter } = input
    const reader = getReader(context)
    const moment = makeMoment(context)
    const sort = { by: 'due', direction: 'asc' } as const
    const ids = keyIds(reader, { ...filter, dueFrom: from, dueUntil: until, sort }, moment)
    const getPolicy = policyLookup(reader)
    return dueByDay(reader, ids).map(({ on, client: { id, ...client }, count, keys }) => ({
      on,
      client,
      state: rotationState(on, moment.today, getPolicy(id)),
      count,
      keys: [...keys],
    }))
  }),
  mark: os.rotation.mark.handler(async ({ context, input }) => {
    const { checkAttestation, checkRotatedOn, commitKeys, rotateKey } = await writing()
    const key = existing(context, input.keyId)
    const rotatedOn = input.rotatedOn ?? getToday(context)
    checkRotatedOn(context, rotatedOn, [key])
    if (key.standing === 0) {
      throw new Refusal('CONFLICT', `${key.name} was removed at the provider.`, 'Mark the key that replaced it.')
    }
    const { trigger, note } = input
    checkAttestation([key], { reason: note, confirm: undefined })
    const [numbers] = commitKeys(context, [key], [rotateKey(context, key, { trigger, rotatedOn, note })])
    const rotationId = numbers?.['rotation'] ?? 0
    return { rotationId, key: findRow(context, input.keyId) }
  }),
  undo: os.rotation.undo.handler(async ({ context, input }) => {
    const { commitKeys, undoRotationOf } = await writing()
    const rotation = getRotation(getReader(context), input.rotationId)
    if (rotation === null) throw notFound('This rotation', 'Read the history of the key again.')
    const key = existing(context, rotation.keyId)
    if (rotation.undoneAt === null) {
      commitKeys(context, [key], [undoRotationOf(context, key, rotation)])
    }
    return { key: findRow(context, rotation.keyId) }
  }),
  markMany: os.rotation.markMany.handler(async ({ context, input }) => ({
    rotations: (await writing()).markMany(context, input),
  })),
  undoMany: os.rotation.undoMany.handler(async ({ context, input }) => ({
    undone: (await writing()).undoMany(context, input.rotations),
  })),
  setMany: os.rotation.setMany.handler(async ({ context, input }) => ({
    before: (await writing()).setMany(context, input.changes),
  })),
  set: os.rotation.set.handler(async ({ context, input: { keyId, ...change } }) => {
    const { commitKeys, describeKey } = await writing()
    const key = existing(context, keyId)
    commitKeys(context, [key], [describeKey(key, change)])
    return findRow(context, keyId)
  }),
  setDecoy: os.rotation.setDecoy.handler(async ({ context, input: { keyId, ...mark } }) => {
    const { checkDecoy, commitKeys, nameBoth } = await writing()
    const key = existing(context, keyId)
    checkDecoy(context, key, mark)
    const { decoy, reason, since = findRow(context, keyId).decoySince } = mark
    const body = { v: 1, ...nameBoth(key), decoy, reason, ...(decoy && since !== null ? { since } : {}) } as const
    commitKeys(context, [key], [{ kind: 'key.decoy', client: key.client, subject: key.name, body }])
    return findRow(context, keyId)
  }),
  snooze: os.rotation.snooze.handler(async ({ context, input }) => {
    const { commitKeys, snoozeKey } = await writing()
    const key = existing(context, input.keyId)
    if (input.until !== null && input.until <= getToday(context)) {
      throw invalid('until', `${input.until} is not in the future.`, 'Give a later day, or none to end the snooze.')
    }
    commitKeys(context, [key], [snoozeKey(key, input.until)])
    return findRow(context, input.keyId)
  }),
  history: os.rotation.history.handler(({ context, input }) =>
    listRotations(getReader(context), existing(context, input.keyId).logicalKeyId),
  ),
}
