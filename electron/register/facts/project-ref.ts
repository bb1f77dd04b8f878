/** The columns of a `ProjectRef` in the field `project`, from a row `pr` of `project_ref`. */
export const PROJECT_REF =
  'pr.id AS "project.id", pr.name AS "project.name", pr.external_id AS "project.externalId", pr.status AS "project.status"'
