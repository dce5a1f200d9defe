import 'server-only';
import type { RegistryTarget } from '../push-target';
import { RegistryConnection } from './connection';
import type { ImageStore, PushListener } from './image-store';
import { LayoutStore } from './layout-store';
import { RemoteStore } from './remote-store';

/** Opens what images are pushed to; it must be closed. */
export function openStore(target: RegistryTarget, listener: PushListener, signal?: AbortSignal): ImageStore {
  if (target.layout !== undefined) return new LayoutStore(target.layout, target.address);
  return new RemoteStore(new RegistryConnection(target, listener, signal));
}
