import { changeAndUninstallJourneys } from './journeys/change-and-uninstall';
import { conflictJourneys } from './journeys/conflicts';
import { deprecationJourneys } from './journeys/deprecation';
import { lonelyCatalog, plainOlm } from './support/place';
import { test } from './support/test';

test.use({
  stackOptions: {
    state: 'fresh',
    sandbox: { SANDBOX_PLAIN: '1', SANDBOX_CATALOGS: lonelyCatalog, SANDBOX_FAULTS: '1' },
    kubeconfig: {},
  },
});

deprecationJourneys(plainOlm);
conflictJourneys(plainOlm);
changeAndUninstallJourneys(plainOlm);
