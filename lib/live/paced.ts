/**
 * Keeps to a pace what is asked for in bursts: the first call runs at once, and whatever is asked while that goes on, or
 * before `paceMs` have passed, is one more run afterwards. So nothing that was asked for is missed, no run is cut short
 * by the next, and however much is asked, no more than one runs per pace.
 * @param run must not reject
 */
export function paced(run: () => Promise<unknown>, paceMs: number): () => void {
  let busy = false;
  let again = false;
  const ask = () => {
    again = busy;
    if (busy) return;
    busy = true;
    void Promise.all([run(), new Promise((resolve) => setTimeout(resolve, paceMs))]).then(() => {
      busy = false;
      if (again) ask();
    });
  };
  return ask;
}
