import type * as contract from '../../../shared/contract/contract.ts'

export type Inputs = contract.Inputs['team']
export type Outputs = contract.Outputs['team']
