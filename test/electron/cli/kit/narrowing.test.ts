import type { Option } from 'commander'
import { beforeAll, describe, expect, it } from 'vitest'

import { NARROWING } from '../../../../electron/cli/kit/narrowing.ts'
import { BUILT_IN_VIEWS, type BuiltInView } from '../../../../shared/contract/view-search.ts'
import { VIEW_LISTS, type ViewList } from '../../../../shared/contract/views.ts'
import { CHANGE_KINDS } from '../../../../shared/contract/changes.ts'
import { newCastellan } from '../castellan.ts'
import { commandTree, listArguments } from '../commands.ts'

interface Listed {
  readonly path: readonly string[]
  readonly option: Option
}

/** Commands that take such an option and print no list of what is in the register. */
const NO_LISTS: ReadonlySet<string> = new Set([
  'import',
  'client add',
  'client edit',
  'finding accept',
  'today note',
  'person duplicate decide',
  'rotation set',
  'budget set',
  'review decide',
  'plan import',
  'review item list',
])

/** Every option that leaves rows of a list out, read from the program itself. */
async function narrowing(): Promise<readonly Listed[]> {
  return (await commandTree())
    .filter(({ path }) => !NO_LISTS.has(path))
    .flatMap(({ path, command }) =>
      command.options
        .filter((option) => NARROWING.has(option.attributeName()))
        .map((option) => ({ path: path.split(' '), option })),
    )
}

const castellan = newCastellan()
const LISTED = await narrowing()
const given = listArguments({ file: '', folder: '' })

beforeAll(async () => {
  await castellan.run('client', 'add', 'Acme')
})

/** The list whose views a verb shows, where it has another name. */
const LIST_OF: Readonly<Record<string, ViewList>> = {
  due: 'rotation',
  finding: 'findings',
  key: 'keys',
  person: 'people',
  project: 'projects',
}

function viewsOf(verb: string): readonly BuiltInView[] {
  const list = LIST_OF[verb] ?? VIEW_LISTS.find((each) => each === verb)
  return list === undefined ? [] : BUILT_IN_VIEWS[list]
}

function valueOf(option: Option, verb: string): string {
  if (option.attributeName() === 'view') return viewsOf(verb).at(-1)?.name ?? ''
  if (option.argChoices !== undefined) return option.argChoices[0] ?? ''
  if (option.long === '--kind') return CHANGE_KINDS[0]
  return option.attributeName() === 'rule' ? 'key-unused' : 'no-such-thing'
}

describe('a list without rows', () => {
  it('is found by reflection: the verbs that search are among them', () => {
    const searching = LISTED.filter(({ option }) => option.attributeName() === 'search').map(({ path }) =>
      path.join(' '),
    )
    expect(searching).toEqual(
      expect.arrayContaining([
        'key list',
        'person list',
        'project list',
        'access list',
        'leaver list',
        'recommendation list',
      ]),
    )
  })

  it.each(LISTED.map((listed) => [listed.path.join(' '), listed.option.long, listed] as const))(
    '%s %s reports that nothing matches, and not that there is nothing',
    async (_path, _long, { path, option }) => {
      const isFlag = option.isBoolean()
      const needed = given(path.join(' ')).argv
      const words = [...path, ...needed, option.long ?? '', ...(isFlag ? [] : [valueOf(option, path[0] ?? '')])]
      const { out, err } = await castellan.run(...words)
      expect(`${out}${err}`).toMatch(/Nothing matches --/u)
      expect(out).not.toMatch(/Add a connection|Import a/u)
    },
  )

  it('without a filter suggests what to do', async () => {
    expect((await castellan.run('key', 'list')).out).toContain('No keys. Add a connection')
  })
})
