import type { DefineVerb } from '../kit/run.ts'
import { defineApply } from './plan/apply.ts'
import { defineCheck } from './plan/check.ts'
import { defineDiff } from './plan/diff.ts'
import { defineImport } from './plan/import.ts'
import { defineKeyless } from './plan/keyless.ts'
import { defineList } from './plan/list.ts'
import { defineMatching } from './plan/matching.ts'
import { defineNew } from './plan/new.ts'
import { definePerson } from './plan/person.ts'
import { defineShow } from './plan/show.ts'
import { defineStatus } from './plan/activate.ts'
import { defineVersions } from './plan/versions.ts'

export const define: DefineVerb = (command, act) => {
  defineNew(command, act)
  defineList(command, act)
  defineShow(command, act)
  defineCheck(command, act)
  defineDiff(command, act)
  defineImport(command, act)
  defineStatus(command, act)
  defineApply(command, act)
  definePerson(command, act)
  defineVersions(command, act)
  defineMatching(command, act)
  defineKeyless(command, act)
}
