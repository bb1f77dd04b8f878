import { describe, expect, it } from 'vitest'

import { editChange, editValues } from '../../../../renderer/features/keys/edit-values.ts'

const logicalKey = {
  id: 1,
  name: 'prod-web-api',
  environment: null,
  team: 'web',
  purpose: null,
  contact: 'ops@x.example',
  intervalDays: 30,
  dueOn: null,
  notes: 'see the wiki',
}

describe('the edit form of a key', () => {
  const before = editValues({ logicalKey })

  it('shows set values, and leaves fields empty that follow the name or the policy', () => {
    expect(before).toEqual({
      environment: '',
      team: 'web',
      purpose: '',
      contact: 'ops@x.example',
      intervalDays: '30',
      dueOn: '',
      notes: 'see the wiki',
    })
  })

  it('sends only changed fields, and an emptied field as null', () => {
    expect(editChange(before, before)).toEqual({})
    expect(editChange(before, { ...before, team: ' ', intervalDays: '', purpose: ' checkout ' })).toEqual({
      team: null,
      intervalDays: null,
      purpose: 'checkout',
    })
    expect(editChange(before, { ...before, dueOn: '2027-01-31', intervalDays: '45', notes: '' })).toEqual({
      dueOn: '2027-01-31',
      intervalDays: 45,
      notes: '',
    })
  })

  it('can undo each change', () => {
    const after = { ...before, contact: '', intervalDays: '60' }
    expect(editChange(after, before)).toEqual({ contact: 'ops@x.example', intervalDays: 30 })
  })
})
