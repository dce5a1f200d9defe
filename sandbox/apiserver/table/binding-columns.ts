import type { KubeObject } from '../../client/types.ts';
import { arrayAt, at, stringAt } from '../json.ts';
import { ageColumn, column } from './builtin-columns.ts';
import type { Column } from './column.ts';
import { nameColumn } from './crd-columns.ts';

const wide = { priority: 1 };

/** The columns of RoleBindings and ClusterRoleBindings. */
export function bindingColumns(): Column[] {
  const subjects = (kind: string) => (object: KubeObject) =>
    arrayAt(object, 'subjects')
      .filter((subject) => at(subject, 'kind') === kind)
      .map((subject) =>
        kind === 'ServiceAccount'
          ? `${stringAt(subject, 'namespace')}/${stringAt(subject, 'name')}`
          : stringAt(subject, 'name'),
      )
      .join(', ');
  return [
    nameColumn(),
    column(
      'Role',
      (object) => `${stringAt(object, 'roleRef', 'kind')}/${stringAt(object, 'roleRef', 'name')}`,
    ),
    ageColumn(),
    column('Users', subjects('User'), wide),
    column('Groups', subjects('Group'), wide),
    column('ServiceAccounts', subjects('ServiceAccount'), wide),
  ];
}
