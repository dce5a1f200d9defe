import { describe, expect, test } from 'vitest';
import { addresses, onCluster, segmentText } from './addresses';

describe('addresses', () => {
  test('names of clusters are percent-encoded, also those of cloud kubeconfigs', () => {
    expect(addresses.operatorHub('arn:aws:eks:eu-1:1:cluster/x')).toBe(
      '/clusters/arn%3Aaws%3Aeks%3Aeu-1%3A1%3Acluster%2Fx/operatorhub',
    );
  });
  test('a segment that is not valid percent-encoding stays as it is', () => {
    expect(segmentText('kubernetes-admin%40kubernetes')).toBe('kubernetes-admin@kubernetes');
    expect(segmentText('%E0%A4%A')).toBe('%E0%A4%A');
  });
});

describe('switching the cluster keeps the page', () => {
  test.each([
    ['/clusters/business/operatorhub', '/clusters/edge/operatorhub'],
    ['/clusters/business', '/clusters/edge'],
    ['/clusters/business/operatorhub/ns/cat/pkg/install', '/clusters/edge/operatorhub/ns/cat/pkg/install'],
    ['/clusters/business/operatorhub/ns/cat/pkg/progress', '/clusters/edge/operatorhub/ns/cat/pkg'],
    ['/clusters/business/approvals/team-a/install-abc', '/clusters/edge/approvals'],
    ['/approvals', '/clusters/edge/approvals'],
    ['/', '/clusters/edge'],
  ])('%s becomes %s', (from, to) => expect(onCluster(from, 'edge')).toBe(to));
});
