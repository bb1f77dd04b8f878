/**
 * People of the agency who are also members of its clients' organizations, and freelancers who work for several of
 * them.
 */
export const MARA = { name: 'Mara Lindqvist', email: 'mara.lindqvist@northfold.example' }
export const TOMAS = { name: 'Tomas Okafor', email: 'tomas.okafor@northfold.example' }
export const PRIYA = { name: 'Priya Raghunathan', email: 'priya.raghunathan@northfold.example' }
export const HANA = { name: 'Hana Kobayashi', email: 'hana.kobayashi@northfold.example' }
export const LUCIA = { name: 'Lucía Ferreira Santos', email: 'lucia.ferreirasantos@northfold.example' }
export const IDRIS = { name: 'Idris Belhadj', email: 'idris.belhadj@northfold.example' }
/** Left the agency; the clients were informed later, or not at all. */
export const DARIUS = { name: 'Darius Wendt', email: 'darius.wendt@northfold.example' }

export const SOREN = { name: 'Søren Aabye', email: 'soren@aabye-data.example' }
export const CHIARA = { name: 'Chiara Monteverdi-Rossi', email: 'chiara@oblique-studio.example' }
export const KWAME = { name: 'Kwame Asante-Boateng', email: 'kwame@freelance-ml.example' }
