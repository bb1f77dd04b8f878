import { accessIds, accessRows } from '../../register/access.ts'
import { findingMarks } from '../../register/findings/counts.ts'
import { keyIds, keyRows, firstSeen } from '../../register/keys.ts'
import { membershipsOf, principalName, setLastReviewed } from '../../register/memberships.ts'
import { personAddresses, personExists, personIds, personRows } from '../../register/people.ts'
import { limitsOfProject, projectIds, projectRows } from '../../register/projects.ts'
import { getLogicalKey, keyName, rotationsOf, versionsOf } from '../../register/rotation.ts'
import { find } from '../../register/search.ts'
import { checkScope, type Context, decide, readerOf, registerOf, todayOf } from '../context.ts'
import { os } from '../implementer.ts'
import { invalid, notFound } from '../refusal.ts'

const AGAIN = 'It may have left the register since the list was read; read the list again.'

interface SliceRequest<Q> {
  readonly list: string
  readonly query: Q & { readonly offset: number; readonly limit: number; readonly client?: string | undefined }
  readonly ids: (query: Q) => readonly number[]
}

/** A slice of a list: ids from the cache of lists, rows for these alone. */
function sliceOf<Q, R>(context: Context, request: SliceRequest<Q>, rows: (ids: readonly number[]) => R[]) {
  checkScope(context, request.query)
  const { offset, limit, ...query } = request.query
  const revision = registerOf(context).revision()
  const { total, ids } = context.lists.slice({
    list: request.list,
    query,
    revision: `${revision} ${todayOf(context)}`,
    offset,
    limit,
    resolve: () => request.ids(request.query),
  })
  return { total, revision, rows: rows(ids) }
}

/** Rows with what is open against them. */
function marked<R extends object>(
  context: Context,
  kind: 'key' | 'project' | 'person',
  rows: readonly R[],
  idOf: (row: R) => number,
  scope: { readonly client?: string | undefined } = {},
) {
  const marks = findingMarks(readerOf(context), kind, rows.map(idOf), scope, todayOf(context))
  return rows.map((row) => {
    const findings = marks.get(idOf(row))
    return findings === undefined ? row : { ...row, findings }
  })
}

export const peopleRouter = {
  list: os.people.list.handler(({ context, input }) =>
    sliceOf(context, { list: 'people', query: input, ids: (query) => personIds(readerOf(context), query) }, (ids) =>
      marked(context, 'person', personRows(readerOf(context), ids, input), (row) => row.personId, input),
    ),
  ),
  get: os.people.get.handler(({ context, input }) => {
    checkScope(context, input)
    const reader = readerOf(context)
    const memberships = membershipsOf(reader, input.personId, input)
    const [row] = marked(
      context,
      'person',
      personRows(reader, [input.personId], input),
      (person) => person.personId,
      input,
    )
    if (!row || !personExists(reader, input.personId) || memberships.length === 0) throw notFound('This person', AGAIN)
    const scope = { client: input.client, person: input.personId }
    return {
      row,
      aliases: personAddresses(reader, input.personId),
      memberships,
      access: accessRows(reader, accessIds(reader, { ...scope, sort: { by: 'client', direction: 'asc' } })),
      keys: keyRows(
        reader,
        keyIds(reader, { ...scope, sort: { by: 'due', direction: 'asc' } }, context.now(), todayOf(context)),
        todayOf(context),
      ),
    }
  }),
  setReviewed: os.people.setReviewed.handler(({ context, input }) => {
    const principal = principalName(readerOf(context), input.principalId)
    if (principal === null) throw notFound('This membership', AGAIN)
    if (input.on !== null && input.on > todayOf(context)) {
      throw invalid('on', `${input.on} has not come yet.`, 'Give the day on which the access was looked at.')
    }
    decide(context, ['access'], ({ writer, note }) => {
      setLastReviewed(writer, input.principalId, input.on)
      note({
        action: 'access.reviewed',
        client: principal.client,
        subject: principal.name,
        body: { principal: input.principalId, on: input.on },
      })
    })
    return { done: true as const }
  }),
}

export const accessRouter = {
  list: os.access.list.handler(({ context, input }) =>
    sliceOf(context, { list: 'access', query: input, ids: (query) => accessIds(readerOf(context), query) }, (ids) =>
      accessRows(readerOf(context), ids),
    ),
  ),
}

export const projectsRouter = {
  list: os.projects.list.handler(({ context, input }) =>
    sliceOf(context, { list: 'projects', query: input, ids: (query) => projectIds(readerOf(context), query) }, (ids) =>
      marked(context, 'project', projectRows(readerOf(context), ids), (row) => row.projectId, input),
    ),
  ),
  get: os.projects.get.handler(({ context, input }) => {
    const reader = readerOf(context)
    const [plain] = projectRows(reader, [input.projectId])
    if (!plain) throw notFound('This project', AGAIN)
    const scope = { client: plain.client.slug }
    const [row = plain] = marked(context, 'project', [plain], (one) => one.projectId, scope)
    const project = { project: input.projectId, client: row.client.slug }
    return {
      row,
      access: accessRows(reader, accessIds(reader, { ...project, sort: { by: 'level', direction: 'asc' } })),
      keys: keyRows(
        reader,
        keyIds(reader, { ...project, sort: { by: 'due', direction: 'asc' } }, context.now(), todayOf(context)),
        todayOf(context),
      ),
      limits: limitsOfProject(reader, input.projectId),
    }
  }),
}

export const keysRouter = {
  list: os.keys.list.handler(({ context, input }) =>
    sliceOf(
      context,
      { list: 'keys', query: input, ids: (query) => keyIds(readerOf(context), query, context.now(), todayOf(context)) },
      (ids) => marked(context, 'key', keyRows(readerOf(context), ids, todayOf(context)), (row) => row.keyId, input),
    ),
  ),
  get: os.keys.get.handler(({ context, input }) => {
    const reader = readerOf(context)
    const [plain] = keyRows(reader, [input.keyId], todayOf(context))
    const name = keyName(reader, input.keyId)
    const seen = firstSeen(reader, input.keyId)
    const logicalKey = name === null ? null : getLogicalKey(reader, name.logicalKeyId)
    if (!plain || logicalKey === null || seen === null) throw notFound('This key', AGAIN)
    const [row = plain] = marked(context, 'key', [plain], (one) => one.keyId, { client: plain.client.slug })
    return {
      row,
      logicalKey,
      versions: versionsOf(reader, logicalKey.id),
      rotations: rotationsOf(reader, logicalKey.id),
      firstSeen: seen,
    }
  }),
}

export const searchRouter = {
  find: os.search.find.handler(({ context, input }) => {
    checkScope(context, input)
    return find(readerOf(context), input, input.query, input.limit)
  }),
}
