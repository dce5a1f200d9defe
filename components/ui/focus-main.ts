/** Gives the focus to the page's main part: what had it is gone, and the keyboard would begin at the top again. */
export function focusMain(): void {
  document.getElementById('main')?.focus({ preventScroll: true });
}
