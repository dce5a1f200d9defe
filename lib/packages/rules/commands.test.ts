import { expect, test } from 'vitest';
import { deleteVersionCommand } from './commands';

const object = 'nginx.public-charts';

test('the commands that delete a version', () => {
  expect(deleteVersionCommand({ type: 'operator', cluster: 'my edge', object: 'x.v1' }, false)).toBe(
    "kubectl --context 'my edge' delete artifactversions.app.alauda.io -n cpaas-system x.v1",
  );
  expect(deleteVersionCommand({ type: 'plugin', cluster: 'global', object: 'x-v1' }, true)).toBe(
    'kubectl --context global delete moduleconfigs.cluster.alauda.io x-v1',
  );
  const chart = { type: 'chart', cluster: 'global', object, version: "1.0.0'" } as const;
  expect(deleteVersionCommand(chart, true)).toBe(
    `kubectl --context global delete charts.app.alauda.io -n cpaas-system ${object}`,
  );
  expect(deleteVersionCommand(chart, false)).toBe(
    [
      `kubectl --context global get charts.app.alauda.io -n cpaas-system ${object} -o json |`,
      `  jq --arg version '1.0.0'\\''' '.spec.versions |= map(select(.version != $version))' |`,
      '  kubectl --context global replace -f -',
    ].join('\n'),
  );
});
