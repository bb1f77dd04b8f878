import { expect, test } from 'vitest'

import { IMPORT_FIELDS } from '../../../../shared/contract/files.ts'
import { FIELD_RULES, fieldLabel, TABLE_KINDS } from '../../../../shared/domain/import/fields.ts'

test('every field that the contract offers is read, labelled and matched by a heading of its own name', () => {
  for (const kind of TABLE_KINDS) {
    const rules = FIELD_RULES[kind]
    expect(rules.map((rule) => rule.field).sort()).toEqual([...IMPORT_FIELDS[kind]].sort())
    for (const { field, headings } of rules) {
      expect(headings).toContain(field.toLowerCase())
      expect(headings.length).toBe(new Set(headings).size)
      expect(fieldLabel(kind, field)).not.toBe('')
    }
  }
})
