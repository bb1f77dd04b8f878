import { expect, it } from 'vitest'

import { remediationIds } from '../../../../electron/register/remediation/list.ts'
import { type Explained, explainingReader, scans } from '../explaining.ts'
import { newConnection, newRegister } from '../registers.ts'

it('finds the changes of some people by an index, however many changes there are', () => {
  const register = newRegister()
  newConnection(register)
  const plans: Explained[] = []
  remediationIds(explainingReader(register.reader, plans), { people: [1, 2] })
  const details = plans.flatMap(({ steps }) => steps.map(({ detail }) => detail))
  expect(plans.flatMap(scans).filter((scan) => !scan.endsWith(' own'))).toEqual([])
  expect(details.some((detail) => /SEARCH o .*remediation_of_origin/u.test(detail))).toBe(true)
})
