import { peopleContract } from '../../../shared/contract/people.ts'
import { accessIds, accessRows } from '../../register/access/access.ts'
import { readEmployment } from '../../register/people/employment.ts'
import { keyIds, keyRows } from '../../register/keys/keys.ts'
import { listMemberships, principalName } from '../../register/people/memberships.ts'
import { firstPeople } from '../../register/people/first-people.ts'
import { matchIds } from '../../register/people/matches.ts'
import { personAddresses, personIds, personRows } from '../../register/people/people.ts'
import { checkScope, getReader, getToday, makeMoment } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { commitOperation } from '../core/operations.ts'
import { decideOnMatch, findMatches, matchRows, matchesInPanel } from './matches.ts'
import { mergeTwo, mergesInPanel, splitOff } from './merging.ts'
import { employmentView } from './employment-view.ts'
import { markLeaving, unmarkLeaving } from './leaving.ts'
import { invalid, notFound, READ_AGAIN } from '../kit/refusal.ts'
import { marked, readLongSlice, readSlice } from '../core/slices.ts'

const os = implementArea({ people: peopleContract })

// The code that reads files is loaded when it is needed.
const personnel = () => import('./personnel.ts')

export const peopleRouter = {
  list: os.people.list.handler(({ context, input }) => {
    const moment = makeMoment(context)
    return readLongSlice(
      context,
      {
        list: 'people',
        query: input,
        ids: (query) => personIds(getReader(context), query, moment),
        first: (query, limit) => firstPeople(getReader(context), query, limit, moment),
      },
      (ids) =>
        marked(context, 'person', personRows(getReader(context), ids, input, moment), (row) => row.personId, input),
    )
  }),
  get: os.people.get.handler(({ context, input }) => {
    checkScope(context, input)
    const reader = getReader(context)
    const moment = makeMoment(context)
    const { personId } = input
    const memberships = listMemberships(reader, personId, input)
    const [row] = marked(
      context,
      'person',
      personRows(reader, [personId], input, moment),
      (person) => person.personId,
      input,
    )
    const employment = readEmployment(reader, [personId]).get(personId)
    // People known only from HR files belong to no client.
    const isKnown = memberships.length > 0 || (employment !== undefined && input.client === undefined)
    if (!row || !isKnown) throw notFound('This person', READ_AGAIN)
    const scope = { client: input.client, person: personId }
    return {
      row,
      aliases: personAddresses(reader, personId),
      memberships,
      access: accessRows(
        reader,
        accessIds(reader, { ...scope, sort: { by: 'client', direction: 'asc' } }, moment.now),
        moment.now,
      ),
      keys: keyRows(reader, keyIds(reader, { ...scope, sort: { by: 'due', direction: 'asc' } }, moment), moment),
      employment: employment === undefined ? null : employmentView(employment, moment.today),
      matches: matchesInPanel(reader, personId, input),
      merges: mergesInPanel(reader, personId),
    }
  }),
  markLeaving: os.people.markLeaving.handler(({ context, input }) => markLeaving(context, input)),
  unmarkLeaving: os.people.unmarkLeaving.handler(({ context, input }) => unmarkLeaving(context, input.personId)),
  planImport: os.people.planImport.handler(async ({ context, input }) =>
    (await personnel()).planPersonnelFile(context, input),
  ),
  import: os.people.import.handler(async ({ context, input }) => (await personnel()).importPersonnel(context, input)),
  matches: os.people.matches.handler(({ context, input }) =>
    readSlice(context, { list: 'matches', query: input, ids: (query) => matchIds(getReader(context), query) }, (ids) =>
      matchRows(context, ids, input),
    ),
  ),
  findMatches: os.people.findMatches.handler(({ context }) => ({ found: findMatches(context) })),
  decideMatch: os.people.decideMatch.handler(({ context, input }) => {
    decideOnMatch(context, input)
    return { done: true as const }
  }),
  merge: os.people.merge.handler(({ context, input }) => mergeTwo(context, input)),
  split: os.people.split.handler(({ context, input }) => splitOff(context, input.mergeId)),
  setReviewed: os.people.setReviewed.handler(({ context, input }) => {
    const principal = principalName(getReader(context), input.principalId)
    if (principal === null) throw notFound('This membership', READ_AGAIN)
    if (input.on !== null && input.on > getToday(context)) {
      throw invalid('on', `${input.on} is in the future.`, 'Give the day on which the access was reviewed.')
    }
    const { connectionUid, externalId } = principal
    commitOperation(context, {
      kind: 'access.reviewed',
      client: principal.client,
      subject: principal.name,
      body: { v: 1, principalNamed: { connectionUid, externalId }, on: input.on },
    })
    return { done: true as const }
  }),
}
