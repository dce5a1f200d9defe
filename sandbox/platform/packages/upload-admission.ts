import type { AdmissionPlugin } from '../../apiserver/extension.ts';
import { denied } from '../../apiserver/status.ts';

const webhook = 'packages.app.cpaas.io';
const resources = ['app.alauda.io/artifacts', 'app.alauda.io/artifactversions', 'app.alauda.io/charts'];

/** Packages are uploaded by accounts of role property System only; one that has a Custom role can't. */
export function uploadAdmission(): AdmissionPlugin {
  return {
    name: webhook,
    validate: async ({ operation, group, resource, subresource, user }) => {
      if (operation !== 'CREATE' || subresource || !resources.includes(`${group}/${resource}`)) return;
      if (!user.extra?.['cpaas.io/role-property']?.includes('Custom')) return;
      throw denied(
        webhook,
        `the role property of ${user.username} is Custom; only System accounts with the role platform-admin-system upload packages`,
      );
    },
  };
}
